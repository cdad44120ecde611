/**
 * Where in the text is what the engine says underlined?
 * Also called: squiggle, marker, 波線, エラー位置.
 */
import { fieldOf } from '#lib/document/notes.ts';
import { parentOf, selfAndHolders } from '#lib/document/pointer.ts';
import type { Place, TextMap } from '#lib/document/text-map.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';

/** The value; of a field that is missing or of a whole thing the name or the bracket it begins with, never a page of text. */
export function placeOf(diagnostic: Diagnostic, map: TextMap | undefined, text: string): Place {
  if (map === undefined) return placeOfFault(diagnostic, text);
  const field = fieldOf(diagnostic);
  for (const pointer of selfAndHolders(field)) {
    const place = map.at(pointer);
    if (place === undefined) continue;
    if (map.isList(place) || map.isObject(place)) return headOf(pointer, place, map);
    return place;
  }
  return { start: 0, end: 1 };
}

function headOf(pointer: string, place: Place, map: TextMap): Place {
  const holder = map.at(parentOf(pointer));
  const child = holder && pointer !== '' ? map.children(holder).find(({ start }) => start === place.start) : undefined;
  return child !== undefined && child.from < child.start
    ? { start: child.from, end: child.start + 1 }
    : { start: place.start, end: place.start + 1 };
}

/** What the strict reader could not read, by its line and column. */
function placeOfFault({ values }: Diagnostic, text: string): Place {
  const line = Number(values['line'] ?? 1);
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0) + Number(values['column'] ?? 1) - 1;
  const at = Math.max(0, Math.min(start, text.length - 1));
  return { start: at, end: at + Math.max(1, (values['key']?.length ?? 0) + 2) };
}
