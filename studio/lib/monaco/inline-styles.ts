/**
 * May an editor bring its own styles? Only those that our scripts make: they carry the nonce of the page.
 * Also called: CSP nonce, style-src, コンテンツセキュリティポリシー.
 */

/** The nonce of the page, as its own scripts carry it. */
export const pageNonce = (): string | undefined => document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce;

/** Every style sheet that a script makes from here on carries the nonce. Once a page. */
export function signStyles(): void {
  const nonce = pageNonce();
  if (nonce === undefined || nonce === '' || signed) return;
  signed = true;
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (name.toLowerCase() === 'style') element.nonce = nonce;
    return element;
  };
}

let signed = false;
