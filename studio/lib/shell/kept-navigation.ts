/**
 * What becomes of a form or a link that asks for a page while the server cannot be reached?
 * The page stays with everything typed in it and says so, asks again, and goes on as soon as there is an answer. Without this the
 * browser's own error page would take its place. Also called: offline navigation, retry, 通信エラー時の再試行.
 */
import { navigating } from '$app/state';
import { dismissUnanswered, warnWaiting } from '../ui/toasts.svelte.ts';

const askAgainMs = 1500;
/** Answers of whatever stands before a server that is not there. */
const unreached = [502, 503, 504];

/** Lets whatever pages are read by ask until there is an answer. SvelteKit reads them by the window's own fetch, so that it can be replaced. */
export function keepNavigations(): void {
  const ask = window.fetch;
  window.fetch = (input, init) => (isOfAPage(input) ? answered(() => ask(input, init)) : ask(input, init));
}

const isOfAPage = (input: RequestInfo | URL): boolean =>
  new URL(input instanceof Request ? input.url : input, location.href).pathname.endsWith('/__data.json');

/** The first answer there is. A page that is only looked ahead at is waited for in silence at first. */
async function answered(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const response = await ask().catch(() => undefined);
    if (response !== undefined && !unreached.includes(response.status)) {
      if (tries > 1) dismissUnanswered();
      return response;
    }
    if (tries > 1 || navigating.to !== null) warnWaiting();
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}
