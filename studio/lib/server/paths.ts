/**
 * Where may a form lead back to? Within Kanade only.
 * Also called: open redirect, リダイレクト先の検証.
 */

/** `path` when it is one of ours, else the home page. '//elsewhere' and '/\elsewhere' are addresses of other hosts. */
export function pathWithin(path: FormDataEntryValue | null): string {
  return typeof path === 'string' && /^\/(?![/\\])/.test(path) ? path : '/';
}
