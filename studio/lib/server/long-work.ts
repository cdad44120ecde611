/**
 * How does a page hear how far its work has come, while it is done?
 * The answer is written as it goes: a line of JSON for each step, the last one for how it ended. Whoever goes away stops it.
 * Also called: streaming response, NDJSON, progress, cancellation, 進捗, 中止.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { Refusal } from '#runtime/services/refusal.ts';
import { refusalText } from '#lib/server/refused.ts';
import type { Line } from '#lib/ui/long-work.ts';

/** Does `work` and answers with what it tells. `stop` is aborted when nobody waits for the answer any more. */
export function longWork<Step, End>(
  { request, locals }: Pick<RequestEvent, 'request' | 'locals'>,
  work: (told: (step: Step) => void, stop: AbortSignal) => Promise<End>,
): Response {
  const text = new TextEncoder();
  const gone = new AbortController();
  const stop = AbortSignal.any([request.signal, gone.signal]);
  const body = new ReadableStream<Uint8Array>({
    async start(answer) {
      const write = (line: Line<Step, End>): void => {
        if (!stop.aborted) answer.enqueue(text.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        write({ end: await work((step) => write({ step }), stop) });
      } catch (problem) {
        if (stop.aborted) return;
        if (!(problem instanceof Refusal)) {
          console.error(problem);
          return answer.error(problem);
        }
        write({ refusal: { code: problem.code, text: refusalText(problem, locals.locale) } });
      }
      if (!stop.aborted) answer.close();
    },
    cancel: () => gone.abort(),
  });
  // A proxy that gathers the answer before it hands it on would show nothing on the way.
  return new Response(body, { headers: { 'content-type': 'application/x-ndjson', 'x-accel-buffering': 'no' } });
}
