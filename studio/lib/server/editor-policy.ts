/**
 * What may the browser do on the page of the editors that it may not elsewhere?
 * Style sheets that carry the page's nonce, and style attributes: the editors place their lines and cells with them. Nothing else.
 * Also called: CSP, style-src, コンテンツセキュリティポリシー.
 */
const route = '/rulesets/[kind]/[id]/draft';

/** Widens the policy of the answer when it is the page of the editors. */
export function admitEditors(response: Response, routeId: string | null): void {
  const policy = response.headers.get('content-security-policy');
  const nonce = policy?.match(/'nonce-[^']+'/)?.[0];
  if (routeId !== route || policy === null || nonce === undefined) return;
  const directives = policy.split(';').map((each) => each.trim());
  const widened = directives.map((each) =>
    each.startsWith('style-src-attr ')
      ? "style-src-attr 'unsafe-inline'"
      : each.startsWith('style-src ') && !each.includes(nonce)
        ? `${each} ${nonce}`
        : each,
  );
  response.headers.set('content-security-policy', widened.join('; '));
}
