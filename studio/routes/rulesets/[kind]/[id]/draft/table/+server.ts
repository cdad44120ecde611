/** A price table of the draft as a file for another tool (JSON in), or what such a file holds (the file itself in). */
import { error } from '@sveltejs/kit';
import { readPriceTable, writePriceTable, type PriceTableToWrite } from '#runtime/services/price-table-file.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { MessageValues } from '#schemas/messages/render.ts';
import { words } from '#schemas/messages/render.ts';
import { answered, sent } from '#lib/server/draft-answers.ts';
import { refusalText } from '#lib/server/refused.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { actor } = entered(event);
  const type = event.request.headers.get('content-type') ?? '';
  if (type.startsWith('application/octet-stream')) {
    const file = new Uint8Array(await event.request.arrayBuffer());
    return answered(event, async () => {
      const read = await readPriceTable(actor, file);
      if ('table' in read) return read;
      const { render } = words(event.locals.locale);
      return { faults: read.faults.map(({ code, values }) => render(`refusal.${code}`, values as MessageValues)) };
    });
  }
  if (!type.startsWith('application/json')) error(400);
  const { table, format, name } = await sent<PriceTableToWrite>(event);
  try {
    const { bytes, mediaType } = await writePriceTable(actor, { table, format: String(format), name: String(name) });
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': mediaType } });
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    return new Response(refusalText(problem, event.locals.locale), { status: problem.status });
  }
};
