/**
 * How does a page send work that takes long, hear how far it is, and stop it?
 * What is sent is counted as it leaves; the answer comes line by line, see `lib/server/long-work.ts`.
 * Also called: upload progress, streaming answer, cancellation, 進捗, 中止.
 */

/** A line of the answer: how far it is, or how it ended, or in words why the service said no. */
export type Line<Step, End> = { readonly step: Step } | { readonly end: End } | Refused;
type Refused = { readonly refusal: { readonly code: string; readonly text: string } };

export interface Work<Step> {
  readonly url: string;
  /** Sent by POST; without one it is a question, by GET. */
  readonly body?: XMLHttpRequestBodyInit;
  readonly stop: AbortSignal;
  /** Bytes that have left, of all. */
  readonly onsent?: (sent: number, of: number) => void;
  readonly onstep: (step: Step) => void;
}

export type Ended<End> = { readonly end: End } | Refused;

/** Throws when the answer breaks off without an end, and the reason of `stop` when it is stopped. */
export function longWork<Step, End>({ url, body, stop, onsent, onstep }: Work<Step>): Promise<Ended<End>> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended<End>>();
  const request = new XMLHttpRequest();
  let heard = 0;
  const hear = (): void => {
    const lines = request.responseText.slice(heard, request.responseText.lastIndexOf('\n') + 1);
    heard += lines.length;
    for (const text of lines.split('\n').filter((each) => each !== '')) {
      const line = JSON.parse(text) as Line<Step, End>;
      if ('step' in line) onstep(line.step);
      else resolve(line);
    }
  };
  request.upload.addEventListener('progress', ({ loaded, total }) => onsent?.(loaded, total));
  request.addEventListener('progress', () => {
    if (isTold(request)) hear();
  });
  request.addEventListener('loadend', () => {
    if (isTold(request)) hear();
    // Comes after an end that was heard, and changes nothing then.
    reject((stop.reason ?? new Error(`no end was told: ${request.status}`)) as Error);
  });
  stop.addEventListener('abort', () => request.abort(), { once: true });
  request.open(body === undefined ? 'GET' : 'POST', url);
  request.send(body);
  return promise;
}

/** Whether the answer is of that kind: not the page where one signs in, nor that of an error. */
const isTold = (request: XMLHttpRequest): boolean =>
  request.getResponseHeader('content-type') === 'application/x-ndjson';
