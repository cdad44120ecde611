/**
 * How is a value of a ruleset said, as a part of a sentence in either language?
 * Figures, days, amounts, choices, stretches of time. Words: `said.*` in schemas/messages/reading.{ja,en}.json.
 * Also called: formatting, value in words, 値の読み方.
 */
import { addDays, isCivilDate } from '#engine/calendar/civil-date.ts';
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

export type SaidValue = Said | Localized | string | readonly SaidValue[];

/** What the sentences may know besides the ruleset: in which currency it is, and what others are called. */
/** A tenure discount has the id of its ruleset. */
export type NamedKind = RulesetKind | 'charge' | 'discount';

export interface Naming {
  /** Left out, amounts stand without one. */
  readonly currency?: string;
  /** The name of a ruleset, or by its id of a charge or a discount. */
  readonly nameOf?: (kind: NamedKind, id: string) => Localized | undefined;
}

export const said = (code: string, values: Readonly<Record<string, SaidValue>> = {}): Said => ({ code, values });

export const saidDay = (day: string): Said => said('said.day', { day });

export const saidNumber = (number: string | number): Said => said('said.number', { number: String(number) });

/** Its sign stands before the currency. */
export const saidMoney = (amount: string, { currency = 'none' }: Naming): Said =>
  amount.startsWith('-')
    ? said('said.money', { sign: 'minus', amount: amount.slice(1), currency })
    : said('said.money', { sign: 'none', amount, currency });

export const saidPercent = (percent: string): Said => said('said.percent', { percent });

/** '0.10' is ten percent. */
export const saidRate = (rate: string): Said => said('said.rate', { rate });

/** One of few choices, by the words of its field or of its definition. */
export const saidChoice = (of: string, choice: string): Said => ({
  code: `screen.option.${of}.${choice}`,
  plain: choice,
});

/** A stretch of days by its last day; `to` is the first day outside. */
export function saidPeriod({ from, to }: { readonly from: string; readonly to: string | null }): Said {
  if (to === null) return said('said.since', { from: saidDay(from) });
  return said('said.fromTo', { from: saidDay(from), to: saidDay(isCivilDate(to) ? addDays(to, -1) : to) });
}

/** A ruleset, a charge or a discount by its name, else by its id. */
export const saidName = (kind: NamedKind, id: string, { nameOf }: Naming): SaidValue => nameOf?.(kind, id) ?? id;

/** A label as it stands within a sentence: English ones begin with a small letter there. */
export function withinSentence({ ja, en }: Localized): Localized {
  const isWord = /^[A-Z][a-z’' -]/.test(en);
  return { ja, en: isWord ? en.charAt(0).toLowerCase() + en.slice(1) : en };
}
