/**
 * How does a value that was changed read, and does its change make things dearer or cheaper?
 * Also called: diff value, price direction, 値の表示, 値上げ, 値下げ.
 */
import type { ReadDifference } from '#engine/diff/read-differences.ts';
import { compare, exact } from '#engine/money/exact.ts';
import type { RulesetKind } from '#schemas/generated/types.ts';
import { dayText, numberText } from '#schemas/messages/figures.ts';
import { words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

const decimal = /^-?\d+(\.\d+)?$/;
const day = /^\d{4}-\d{2}-\d{2}$/;

/** The value of the field `name` in words: figures grouped, days as days, choices by their label, a row by its name. */
export function valueText(value: unknown, name: string, locale: Locale): string {
  const say = words(locale);
  if (value === null || value === '') return say.render('screen.value.none');
  if (typeof value === 'boolean') return say.render(value ? 'screen.value.yes' : 'screen.value.no');
  if (typeof value === 'number') return numberText(locale, String(value));
  if (typeof value === 'string') {
    const choice = `screen.option.${name}.${value}`;
    if (say.has(choice)) return say.render(choice);
    if (day.test(value)) return dayText(locale, value);
    return decimal.test(value) ? numberText(locale, value) : value;
  }
  if (Array.isArray(value)) return listText(value, name, locale);
  return objectText(value as Readonly<Record<string, unknown>>, locale);
}

/** What a difference can show of a list; the ruleset shows all of it. */
const listedAtMost = 12;

function listText(values: readonly unknown[], name: string, locale: Locale): string {
  const say = words(locale);
  const more = values.length - listedAtMost;
  const listed = values.slice(0, listedAtMost).map((each) => valueText(each, name, locale));
  if (more > 0) listed.push(say.render('said.more', { count: numberText(locale, String(more)) }));
  return listed.join(say.render('screen.list.separator'));
}

function objectText(value: Readonly<Record<string, unknown>>, locale: Locale): string {
  if (typeof value[locale] === 'string') return value[locale];
  const named = value['name'] ?? value['it'];
  if (typeof named === 'object' && named !== null) return objectText(named as Record<string, unknown>, locale);
  const inner = Object.entries(value).map(([name, each]) => valueText(each, name, locale));
  return inner.filter((text) => text !== '').join(' · ');
}

/** The name of the field that differs. */
export function fieldOf({ at }: ReadDifference): string {
  return (at.after ?? at.before ?? '').split('/').at(-1) ?? '';
}

export type Direction = 'dearer' | 'cheaper';

/** Fields that one pays. */
const paid = ['price', 'unitPrice', 'fee', 'rate'];
/** Fields that one pays, too, but that are taken off where the ruleset is a discount. */
const takenOff = ['amount', 'percent'];
const discounts: readonly RulesetKind[] = ['campaign', 'tenureDiscount', 'bundleDiscount'];

/** Which way the price goes for whoever is concerned; undefined where one figure alone cannot tell. */
export function directionOf(difference: ReadDifference, kind: RulesetKind): Direction | undefined {
  if (difference.change !== 'changed') return undefined;
  const { before, after } = difference;
  const field = fieldOf(difference);
  const isTakenOff = discounts.includes(kind) && takenOff.includes(field);
  if (!isDecimal(before) || !isDecimal(after) || !paid.concat(takenOff).includes(field)) return undefined;
  const order = compare(exact(after), exact(before));
  if (order === 0) return undefined;
  return order > 0 === isTakenOff ? 'cheaper' : 'dearer';
}

const isDecimal = (value: unknown): value is string => typeof value === 'string' && decimal.test(value);
