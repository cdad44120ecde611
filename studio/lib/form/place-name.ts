/**
 * What is a place in the document called, for somebody who reads no JSON? 「料金項目 › 基本料 › 月額」.
 * Also called: breadcrumb of a field, 項目の場所.
 */
import type { Locale } from '#schemas/messages/words.ts';
import { below, segmentsOf, valueAt } from '#lib/document/pointer.ts';
import { fieldAt } from './field-at.ts';
import { labelOf, resolved } from './field-schema.ts';

export function placeName(document: unknown, pointer: string, locale: Locale): string {
  let at = '';
  const names = segmentsOf(pointer).flatMap((segment): string[] => {
    at = below(at, segment);
    if (at === '/body') return [];
    const field = fieldAt(document, at);
    if (field !== undefined) return [labelOf(resolved(field.written), field.name, locale)];
    return [itemName(valueAt(document, at), segment, locale)];
  });
  return names.join(' › ');
}

/** An item of a list goes by its name, its id, or its number. */
function itemName(item: unknown, segment: string, locale: Locale): string {
  const name = valueAt(item, `/name/${locale}`);
  const id = valueAt(item, '/id');
  if (typeof name === 'string' && name !== '') return name;
  if (typeof id === 'string' && id !== '') return id;
  return /^\d+$/.test(segment) ? String(Number(segment) + 1) : segment;
}
