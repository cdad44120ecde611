/**
 * What is different between two documents?
 * Structure only, value by value; rows of a list are known by their `id`. Also called: diff, JSON diff, changes, 差分, 変更点.
 */
import { below } from '#engine/diagnostics/pointer.ts';

/** Where something stands in each of the two documents, as JSON pointers; null where it is not there. */
export interface Whereabouts {
  readonly before: string | null;
  readonly after: string | null;
}

export type Difference = { readonly at: Whereabouts } & (
  | { readonly change: 'added'; readonly after: unknown }
  | { readonly change: 'removed'; readonly before: unknown }
  | { readonly change: 'changed'; readonly before: unknown; readonly after: unknown }
  /** The rows are the same and come in another order: the ids of those that were there and still are. */
  | { readonly change: 'reordered'; readonly before: readonly string[]; readonly after: readonly string[] }
);

type Both = { readonly before: string; readonly after: string };
type JsonObject = Readonly<Record<string, unknown>>;
type Row = JsonObject & { readonly id: string };

/** In the order of the later document, what went last; empty when the two say the same. */
export function differences(before: unknown, after: unknown): Difference[] {
  return between(before, after, { before: '', after: '' });
}

function between(before: unknown, after: unknown, at: Both): Difference[] {
  if (Array.isArray(before) && Array.isArray(after)) return betweenLists(before, after, at);
  if (isObject(before) && isObject(after) && isSameShape(before, after)) return betweenObjects(before, after, at);
  return isSame(before, after) ? [] : [{ change: 'changed', at, before, after }];
}

/** Fields whose value says what the other fields mean. */
const marks = ['kind', 'type', 'op', 'model'];

/** False where the one is no longer the kind of thing that the other was. */
function isSameShape(before: JsonObject, after: JsonObject): boolean {
  if (marks.some((mark) => before[mark] !== after[mark])) return false;
  const keys = Object.keys(before);
  return keys.length === 0 || Object.keys(after).length === 0 || keys.some((key) => Object.hasOwn(after, key));
}

function betweenObjects(before: JsonObject, after: JsonObject, at: Both): Difference[] {
  const gone = Object.keys(before).flatMap((key): Difference[] =>
    Object.hasOwn(after, key)
      ? []
      : [{ change: 'removed', at: { before: below(at.before, key), after: null }, before: before[key] }],
  );
  const there = Object.keys(after).flatMap((key): Difference[] => {
    const place = { before: below(at.before, key), after: below(at.after, key) };
    return Object.hasOwn(before, key)
      ? between(before[key], after[key], place)
      : [{ change: 'added', at: { before: null, after: place.after }, after: after[key] }];
  });
  return [...there, ...gone];
}

function betweenLists(before: readonly unknown[], after: readonly unknown[], at: Both): Difference[] {
  if (areRows(before) && areRows(after)) return betweenRows(before, after, at);
  const isPlain = [...before, ...after].every((each) => !isContainer(each));
  // A list of words is read as one value: 'mobile, internet' became 'mobile'.
  if (isPlain) return isSame(before, after) ? [] : [{ change: 'changed', at, before, after }];
  return betweenPositions(before, after, at);
}

function betweenRows(before: readonly Row[], after: readonly Row[], at: Both): Difference[] {
  const earlier = new Map(before.map((row, index) => [row.id, { row, index }]));
  const later = new Set(after.map(({ id }) => id));
  const there = after.flatMap((row, index): Difference[] => {
    const place = below(at.after, index);
    const found = earlier.get(row.id);
    return found === undefined
      ? [{ change: 'added', at: { before: null, after: place }, after: row }]
      : between(found.row, row, { before: below(at.before, found.index), after: place });
  });
  const gone = before.flatMap((row, index): Difference[] =>
    later.has(row.id) ? [] : [{ change: 'removed', at: { before: below(at.before, index), after: null }, before: row }],
  );
  return [...there, ...gone, ...reordered(before, after, at)];
}

function reordered(before: readonly Row[], after: readonly Row[], at: Both): Difference[] {
  const kept = (rows: readonly Row[], others: readonly Row[]): string[] => {
    const there = new Set(others.map(({ id }) => id));
    return rows.map(({ id }) => id).filter((id) => there.has(id));
  };
  const [was, is] = [kept(before, after), kept(after, before)];
  return isSame(was, is) ? [] : [{ change: 'reordered', at, before: was, after: is }];
}

/** Rows without a name of their own: beginning and end as far as they are equal, and position by position in between. */
function betweenPositions(before: readonly unknown[], after: readonly unknown[], at: Both): Difference[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start += 1;
  let end = 0;
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) end += 1;
  const [was, is] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  return Array.from({ length: Math.max(was.length, is.length) }, (_, offset): Difference[] => {
    const place = { before: below(at.before, start + offset), after: below(at.after, start + offset) };
    if (offset >= is.length)
      return [{ change: 'removed', at: { before: place.before, after: null }, before: was[offset] }];
    if (offset >= was.length) return [{ change: 'added', at: { before: null, after: place.after }, after: is[offset] }];
    return between(was[offset], is[offset], place);
  }).flat();
}

/** Whether every element is an object with an id, and no id comes twice. */
function areRows(list: readonly unknown[]): list is readonly Row[] {
  const ids = list.map((each) => (isObject(each) ? each['id'] : undefined));
  return ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, index) => isSame(each, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]));
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

const isObject = (value: unknown): value is JsonObject => isContainer(value) && !Array.isArray(value);
