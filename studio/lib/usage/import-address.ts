/**
 * Under which address is a file taken in, and asked about afterwards?
 * It carries a new id for the file, so that one can ask what became of it. Also called: idempotency key, 取込番号.
 */

export const importAddress = (name: string, format: string, givenOn: string): string =>
  `/usage/import?${new URLSearchParams({ file: newId(), name, format, givenOn }).toString()}`;

/** A random UUID, also where the page came by http and `randomUUID` is not to be had. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
