/**
 * Which one text stands for a document, however it was written?
 * RFC 8785 (JSON Canonicalization Scheme): keys in order, no space. What is hashed and signed is this text.
 * Also called: canonical JSON, JCS, 正規化.
 */

/** The canonical text. Throws on what JSON cannot say exactly: undefined, NaN, a half character. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('a text with half a character has no canonical form');
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return `{${members(value).join(',')}}`;
  throw new TypeError(`a ${typeof value} has no canonical form`);
}

/** Keys stand in the order of their UTF-16 code units, which is JavaScript's own. */
function members(object: object): string[] {
  return Object.keys(object)
    .toSorted()
    .map((key) => `${canonicalJson(key)}:${canonicalJson((object as Record<string, unknown>)[key])}`);
}
