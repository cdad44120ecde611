/**
 * What may a browser do with our answers? As little as a screen needs, and keep none of them.
 * Also called: security headers, CSP, セキュリティヘッダー.
 */

const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'x-frame-options': 'DENY',
} as const;

/** Answers that bring no policy of their own (data, downloads) may load and run nothing. */
const policyOfData = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

export function addSecurityHeaders(response: Response): void {
  for (const [name, value] of Object.entries(always)) response.headers.set(name, value);
  if (!response.headers.has('content-security-policy')) response.headers.set('content-security-policy', policyOfData);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-store');
}
