/**
 * Which value does a JSON pointer name, and how do two pointers stand to each other?
 * Also called: RFC 6901, path, 場所.
 */
export { below } from '#engine/diagnostics/pointer.ts';

/** '/body/charges/0' as its parts: 'body', 'charges', '0'. */
export function segmentsOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The object or list that holds the value; the document holds itself. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}

/** The name by which its parent holds the value. */
export function nameIn(pointer: string): string {
  return segmentsOf(pointer).at(-1) ?? '';
}

/** The value that the pointer names, or undefined when there is none. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const segment of segmentsOf(pointer)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, segment)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[segment];
  }
  return value;
}

/** True of `outer` itself and of all within it. */
export function isWithin(pointer: string, outer: string): boolean {
  return pointer === outer || pointer.startsWith(`${outer}/`);
}

/** The pointer and all that hold it, the nearest first, the document last. */
export function selfAndHolders(pointer: string): string[] {
  const found = [pointer];
  for (let each = pointer; each !== '';) found.push((each = parentOf(each)));
  return found;
}
