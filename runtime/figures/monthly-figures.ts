/**
 * How did the business go, month by month?
 * Revenue, tax, customers, ARPU, what discounts cost, what leaving brought in, how much of the list price was usage: over the
 * closed cycles of a month, by currency. Also called: KPI, dashboard, 月次指標, 売上推移.
 */
import { minorToText } from '#engine/money/money.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { chargeNamed } from '#runtime/figures/charge-names.ts';
import { sumsOfCycles, type ChargeSum, type CycleSum } from '#runtime/figures/cycle-charges.ts';
import { changeOf, perHead, percentOf } from '#runtime/figures/percent.ts';

/** Amounts in the currency of the series, as decimal text. */
export type MonthFigures = {
  readonly month: string;
  readonly cycles: number;
  readonly bills: number;
  readonly customers: number;
  /** Net of tax, after discounts. */
  readonly revenue: string;
  readonly tax: string;
  readonly total: string;
  /** Revenue for each customer billed; null when nobody was. */
  readonly arpu: string | null;
  /** What discounts took off, as a positive amount. */
  readonly discounts: string;
  /** Penalties, claw-backs and remainders. */
  readonly termination: string;
  /** List price of usage, and its share of all list prices in percent. */
  readonly usage: string;
  readonly usageShare: string | null;
};

/** Changes in percent against the month before, with their sign only when negative; null without one. */
export type MonthChanges = Readonly<Record<'revenue' | 'customers' | 'arpu' | 'discounts', string | null>>;

export type CurrencyFigures = {
  readonly currency: string;
  /** In order of month; a month of which no cycle is closed is not there. */
  readonly months: readonly MonthFigures[];
  /** Of the last month. */
  readonly changes: MonthChanges;
};

type ClosedCycle = { readonly id: string; readonly month: string };

/** The last `count` months of which any cycle is closed. */
export async function monthlyFigures(
  tx: SqlRunner,
  tenantId: number,
  release: Release,
  count: number,
): Promise<CurrencyFigures[]> {
  const closed = await tx.sql<ClosedCycle>(
    `select id, month from cycle
     where state in ('closed', 'issued')
       and month in (select distinct month from cycle where state in ('closed', 'issued') order by month desc limit $1)`,
    [count],
  );
  const { totals, charges } = await sumsOfCycles(
    tx,
    tenantId,
    closed.map(({ id }) => id),
  );
  const monthOf = new Map(closed.map(({ id, month }) => [id, month]));
  const chargesOf = Map.groupBy(charges, ({ cycleId }) => cycleId);
  return [...Map.groupBy(totals, ({ currency }) => currency)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, ofCurrency]) => {
      const byMonth = [...Map.groupBy(ofCurrency, ({ cycleId }) => monthOf.get(cycleId)!)].toSorted(([a], [b]) =>
        a < b ? -1 : 1,
      );
      const sums = byMonth.map(([month, cycles]) =>
        sumOf(
          month,
          cycles,
          cycles.flatMap(({ cycleId }) => chargesOf.get(cycleId) ?? []),
          release,
        ),
      );
      return { currency, months: sums.map((sum) => figuresOf(sum, currency)), changes: changesOf(sums) };
    });
}

/** A month in minor units. */
type Sum = {
  readonly month: string;
  readonly cycles: number;
  readonly bills: number;
  readonly customers: number;
  readonly net: bigint;
  readonly tax: bigint;
  readonly total: bigint;
  readonly discounts: bigint;
  readonly termination: bigint;
  readonly list: bigint;
  readonly usage: bigint;
};

function sumOf(month: string, cycles: readonly CycleSum[], charges: readonly ChargeSum[], release: Release): Sum {
  const add = <T>(rows: readonly T[], of: (row: T) => string): bigint =>
    rows.reduce((sum, row) => sum + BigInt(of(row)), 0n);
  const inPhase = (phase: string): ChargeSum[] => charges.filter((charge) => charge.phase === phase);
  const list = inPhase('listCharges');
  return {
    month,
    cycles: cycles.length,
    bills: cycles.reduce((sum, { bills }) => sum + bills, 0),
    customers: cycles.reduce((sum, { customers }) => sum + customers, 0),
    net: add(cycles, ({ netMinor }) => netMinor),
    tax: add(cycles, ({ taxMinor }) => taxMinor),
    total: add(cycles, ({ totalMinor }) => totalMinor),
    discounts: -add(inPhase('discounts'), ({ minor }) => minor),
    termination: add(inPhase('terminationCharges'), ({ minor }) => minor),
    list: add(list, ({ minor }) => minor),
    usage: add(
      list.filter((charge) => chargeNamed(release, charge).isUsage),
      ({ minor }) => minor,
    ),
  };
}

function figuresOf(sum: Sum, currency: string): MonthFigures {
  const text = (minor: bigint): string => minorToText(minor, currency);
  const { month, cycles, bills, customers, net } = sum;
  const arpu = perHead(net, customers);
  return {
    ...{ month, cycles, bills, customers },
    revenue: text(net),
    tax: text(sum.tax),
    total: text(sum.total),
    arpu: arpu === null ? null : text(arpu),
    discounts: text(sum.discounts),
    termination: text(sum.termination),
    usage: text(sum.usage),
    usageShare: percentOf(sum.usage, sum.list),
  };
}

function changesOf(sums: readonly Sum[]): MonthChanges {
  const [before, now] = sums.slice(-2);
  if (before === undefined || now === undefined) return { revenue: null, customers: null, arpu: null, discounts: null };
  const [arpu, arpuBefore] = [perHead(now.net, now.customers), perHead(before.net, before.customers)];
  return {
    revenue: changeOf(now.net, before.net),
    customers: changeOf(BigInt(now.customers), BigInt(before.customers)),
    arpu: arpu === null || arpuBefore === null ? null : changeOf(arpu, arpuBefore),
    discounts: changeOf(now.discounts, before.discounts),
  };
}
