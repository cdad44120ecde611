/**
 * Does a request that changes something come from our own pages?
 * Also called: CSRF protection, same-origin check, クロスサイトリクエストフォージェリ対策.
 */

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether the request only reads, or names our own origin. A browser always names one; a request without is not from a page. */
export function isOurOwn(request: Request, origin: string): boolean {
  if (safe.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  return request.headers.get('origin') === origin && (site === null || site === 'same-origin');
}
