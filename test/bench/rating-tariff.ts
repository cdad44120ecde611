/** The tariff of the benchmark as rulesets, rated the product's own way: release → tables and loop → columns. */
import { globSync, readFileSync } from 'node:fs';
import { fromInteger, times, toText } from '#engine/money/exact.ts';
import type { UsageColumns } from '#engine/rating/columns.ts';
import { rateColumns, ratingOf, type Rated, type Rating } from '#engine/rating/rate.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { evaluateSource } from '#runtime/workers/evaluate-source.ts';
import type { RatePlanRuleset, Ruleset } from '#schemas/generated/types.ts';
import { type Events } from './rating-by-hand.ts';

const shipped = new URL('./rating-tariff/', import.meta.url);
const LETTERS = ['s', 'm', 'l'];
const MOST = { voice: 600, messages: 1, data: 200_000 };

/** The three plans, so many times over under other names: with `copies` 1,000 they are 27,000 prices. */
export function plansOf(copies: number): ReadonlyMap<string, RatePlanRuleset> {
  const rulesets = globSync('*/*/v*.json', { cwd: shipped }).map(
    (file) => JSON.parse(readFileSync(new URL(file, shipped), 'utf8')) as Ruleset,
  );
  const release = prepareRelease(rulesets);
  const plans = LETTERS.map((letter) => release.inForce('ratePlan', `plan-${letter}`, '2026-05-01')!);
  return new Map(
    Array.from({ length: copies * LETTERS.length }, (_, index) => {
      const id = `plan-${LETTERS[index % 3]}-${String(Math.floor(index / 3))}`;
      return [id, { ...structuredClone(plans[index % 3]!), id }];
    }),
  );
}

export function columnsOf(events: Events, plans: ReadonlyMap<string, RatePlanRuleset>): UsageColumns {
  const { count, accounts, account, meter, destination, hour, quantity } = events;
  const ids = [...plans.keys()];
  const plan = ids.length === 3 ? events.plan : Uint16Array.from(account, (number) => number % ids.length);
  return {
    count,
    products: accounts,
    product: account,
    plan: { codes: plan, words: ids },
    meter: { codes: meter, words: ['voice.seconds', 'sms.messages', 'data.kilobytes'] },
    quantity,
    facts: {
      'usage.destination': { codes: destination, words: ['onNet', 'offNet', 'international'] },
      'usage.hour': { codes: hour, words: Array.from({ length: 24 }, (_, number) => String(number)) },
    },
    largest: [MOST.voice, MOST.messages, MOST.data],
    mostUses: Math.ceil(count / accounts),
  };
}

/** Ready to be rated as often as one likes. */
export function prepared(events: Events, copies = 1): { readonly rating: Rating; readonly columns: UsageColumns } {
  const plans = plansOf(copies);
  const columns = columnsOf(events, plans);
  return { rating: ratingOf(plans, columns, evaluateSource), columns };
}

export const microYen = ({ total }: Pick<Rated, 'total'>): string => toText(times(total, fromInteger(1_000_000)));

/** A run of ours, its checksum in micro-yen. */
export function rateOnce({ rating, columns }: ReturnType<typeof prepared>, amounts: Float64Array): () => string {
  return () => {
    const rated = rateColumns(rating, columns, amounts);
    if (rated.exactUses > 0) throw new Error(`${String(rated.exactUses)} uses were rated in fractions`);
    return microYen(rated);
  };
}
