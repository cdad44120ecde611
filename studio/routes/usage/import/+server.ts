/** Takes a usage file in and tells how far it is; and says what became of one that was lost sight of. */
import type { RequestEvent } from '@sveltejs/kit';
import { importUsage } from '#runtime/services/import-usage.ts';
import { outcomeOfImport } from '#runtime/services/outcome-of-import.ts';
import { longWork } from '#lib/server/long-work.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

/** The body is the file as it is; the address says what it is called, its format, its day where it needs one, and its new id. */
export const POST: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const content = await sentWhole(event);
  if (content === undefined) return new Response(null, { status: 400 });
  const asked = (name: string): string => event.url.searchParams.get(name) ?? '';
  const givenOn = asked('givenOn');
  return longWork(event, (told, stop) =>
    importUsage(app, actor, {
      ...{ name: asked('name'), format: asked('format'), fileId: asked('file'), content: content.stream(), told, stop },
      ...(givenOn === '' ? {} : { givenOn }),
    }),
  );
};

export const GET: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const kept = await outcomeOfImport(app, actor, { fileId: event.url.searchParams.get('file') ?? '' });
  return Response.json({ kept });
};

/** The file once all of it is there: no transaction waits for a slow connection. Undefined when its sender broke off. */
const sentWhole = ({ request }: Pick<RequestEvent, 'request'>): Promise<Blob | undefined> =>
  request.blob().catch(() => undefined);
