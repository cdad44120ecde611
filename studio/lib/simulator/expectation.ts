/**
 * Which amounts does a case expect, and how does it become one?
 * Amounts come from what the rule is meant to do: the author types them, or looks at a computed one and takes it over knowingly.
 * Also called: save as a case, acceptance example, ケースとして保存, 期待値.
 */
import type { AccountDocument, Bill, Case, ExpectedBill } from '#schemas/generated/types.ts';
import { monthOf } from './comparison.ts';

/** A figure that a case may name, and what the engine makes of it now. */
export interface Figure {
  readonly month: string;
  /** The charge whose lines are added up, or null for the total of the bill. */
  readonly charge: string | null;
  readonly computed: string;
}

/** What the author expects of the figure; empty: it is not part of the case. */
export type Expected = Figure & { readonly amount: string };

/** The figures of the bills: each charge, then the total, month by month. */
export function figuresOf(
  bills: readonly Bill[],
  sum: (amounts: readonly string[], currency: string) => string,
): Figure[] {
  return [...Map.groupBy(bills, monthOf)].flatMap(([month, of]) => {
    const currency = of[0]?.currency ?? 'JPY';
    const charges = Map.groupBy(
      of.flatMap(({ lines }) => lines),
      ({ charge }) => charge,
    );
    const figures = [...charges].map(([charge, lines]) => ({
      month,
      charge,
      computed: sum(
        lines.map(({ amount }) => amount),
        currency,
      ),
    }));
    return [
      ...figures,
      {
        month,
        charge: null,
        computed: sum(
          of.map(({ total }) => total),
          currency,
        ),
      },
    ];
  });
}

/** The case; months and charges for which nothing is expected are left out. */
export function caseOf(
  it: Case['it'],
  source: string,
  given: AccountDocument,
  expected: readonly Expected[],
  release?: readonly string[],
): Case {
  const named = expected.filter(({ amount }) => amount.trim() !== '');
  const bills = [...Map.groupBy(named, ({ month }) => month)].map(([month, figures]): ExpectedBill => {
    const lines = figures.flatMap(({ charge, amount }) => (charge === null ? [] : [[charge, amount] as const]));
    const total = figures.find(({ charge }) => charge === null)?.amount;
    return {
      month,
      ...(lines.length === 0 ? {} : { lines: Object.fromEntries(lines) }),
      ...(total === undefined ? {} : { total }),
    } as ExpectedBill;
  });
  return {
    it,
    ...(source.trim() === '' ? {} : { source: source.trim() }),
    ...(release === undefined ? {} : { release: [...release] as [string, ...string[]] }),
    given,
    expect: { bills: bills as [ExpectedBill, ...ExpectedBill[]] },
  };
}

/** '4,200' and '４２００' as the schema writes them, or undefined for what is no amount. */
export function amountOf(typed: string): string | undefined {
  const plain = typed
    .normalize('NFKC')
    .replaceAll(/[,\s¥円]/g, '')
    .replace(/^[−–]/, '-');
  return /^-?(0|[1-9]\d{0,17})(\.\d{1,12})?$/.test(plain) ? plain : undefined;
}
