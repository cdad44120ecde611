/**
 * Which rows of a ruleset does no case try, and which rulesets does no case bill by?
 * Also called: coverage, row coverage, ケースのない行、ケースのないルール.
 */
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import { holdsOn } from '#engine/tax/rate-of-line.ts';
import { termIdsOf } from '#engine/rulesets/terms-of-offering.ts';
import type { Bill, Case, Diagnostic, Ruleset, RulesetKind, TaxRuleset } from '#schemas/generated/types.ts';
import { rowListsOf, type RowList } from './row-lists.ts';

/** A case, and the bills that came of it. */
export interface Billed {
  readonly case: Pick<Case, 'given'>;
  readonly bills: readonly Bill[];
}

/** So many rows are named. */
const mostNamed = 5;

/**
 * What is told of a ruleset by the cases that are its own: rows that none of them tries; and that no case bills by it, neither one of them
 * nor one of those `elsewhere`, which are asked for only then.
 */
export function untried(
  ruleset: Ruleset,
  versions: readonly Ruleset[],
  own: readonly Billed[],
  elsewhere: () => readonly Billed[] = () => [],
): readonly Diagnostic[] {
  const isBilled = withoutCase(ruleset, versions, own).length === 0;
  return [...rowsNotTried(ruleset, versions, own), ...(isBilled ? [] : withoutCase(ruleset, versions, elsewhere()))];
}

/** One for each list of the ruleset with rows that nothing on the bills came from, in whichever version; none where no case bills by it. */
export function rowsNotTried(
  ruleset: Ruleset,
  versions: readonly Ruleset[],
  billed: readonly Billed[],
): readonly Diagnostic[] {
  const own = versions.filter(({ kind, id }) => kind === ruleset.kind && id === ruleset.id);
  const tried = new Set(own.flatMap((version) => keysTriedOf(version, versions, billed)));
  if (tried.size === 0) return [];
  const untriedCharges = new Set<string>();
  return rowListsOf(ruleset).flatMap((list): Diagnostic[] => {
    if (list.within !== undefined && untriedCharges.has(list.within)) return [];
    const untried = list.rows.flatMap((row) => (row === null || tried.has(keyOf(list, row)) ? [] : [row]));
    if (list.key === 'charges') for (const row of untried) untriedCharges.add(row);
    if (untried.length === 0) return [];
    const named = untried.slice(0, mostNamed).join(', ') + (untried.length > mostNamed ? ', …' : '');
    const of = list.rows.filter((row) => row !== null).length;
    return [diagnostic('rows-not-tried', list.path, { count: `${untried.length}`, of: `${of}`, rows: named })];
  });
}

const keyOf = ({ key }: RowList, row: string): string => `${key} ${row}`;

/** The rows of one version that lines or taxes came from. */
function keysTriedOf(version: Ruleset, all: readonly Ruleset[], billed: readonly Billed[]): readonly string[] {
  const lists = rowListsOf(version);
  if (version.kind === 'tax') {
    const rows = lists[0]?.rows ?? [];
    return [...taxRowsTried(version, all, billed)].flatMap((at) => (rows[at] == null ? [] : [`rates ${rows[at]}`]));
  }
  const name = `${version.kind}/${version.id}`;
  return billed
    .flatMap(({ bills }) => bills.flatMap(({ lines }) => lines))
    .filter((line) => line.ruleset === name && line.version === version.version)
    .flatMap(({ row }) => ['some row', ...lists.flatMap((list) => keysTried(list, row))]);
}

/** A use of a higher tier has been through those below it. */
function keysTried(list: RowList, row: string): readonly string[] {
  if (!row.startsWith(`${list.path}/`)) return [];
  const place = Number(row.slice(list.path.length + 1).split('/')[0]);
  return list.rows
    .slice(list.isClimbed ? 0 : place, place + 1)
    .flatMap((each) => (each === null ? [] : [keyOf(list, each)]));
}

/** Which rates the lines bore that are billed by a cycle of this tax. */
function taxRowsTried(tax: TaxRuleset, all: readonly Ruleset[], billed: readonly Billed[]): ReadonlySet<number> {
  const cycles = new Set(
    all.flatMap((each) => (each.kind === 'billingCycle' && each.body.tax === tax.id ? [each.id] : [])),
  );
  const { rates, dateOfSupply } = tax.body;
  const lines = billed.flatMap(({ case: { given }, bills }) => {
    const accounts = given.accounts.filter((account) => cyclesOf(account).some((id) => cycles.has(id)));
    const own = new Set(accounts.map(({ id }) => id));
    return bills.flatMap((each) => (own.has(each.account) ? each.lines : []));
  });
  return new Set(
    lines.map(({ taxCategory, servicePeriod }) =>
      rates.findIndex((rate) => rate.category === taxCategory && holdsOn(rate, servicePeriod, dateOfSupply)),
    ),
  );
}

const cyclesOf = ({ billingCycle, history = [] }: Case['given']['accounts'][number]): readonly string[] => [
  billingCycle,
  ...history.map((change) => change.billingCycle),
];

/** Whatever moves money; what law allows and how files and documents look has no cases. */
const movingMoney = new Set<RulesetKind>([
  ...(['offering', 'ratePlan', 'term', 'penalty', 'campaign', 'bundleDiscount', 'tenureDiscount'] as const),
  ...(['statutoryFee', 'tax', 'rounding', 'billingCycle'] as const),
]);

/** A ruleset that moves money, and that no case of the operator bills by. */
export function withoutCase(
  ruleset: Ruleset,
  all: readonly Ruleset[],
  billed: readonly Billed[],
): readonly Diagnostic[] {
  if (!movingMoney.has(ruleset.kind)) return [];
  return namesBilled(all, billed).has(`${ruleset.kind}/${ruleset.id}`) ? [] : [diagnostic('no-case', '', {})];
}

/** By 'kind/id': what lines come from, and what those who are billed have. */
function namesBilled(all: readonly Ruleset[], billed: readonly Billed[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { case: one, bills } of billed) {
    if (bills.length === 0) continue;
    for (const { lines } of bills) for (const { ruleset } of lines) names.add(ruleset);
    for (const { offering, history = [] } of one.given.products)
      for (const id of [offering, ...history.flatMap((change) => change.offering ?? [])]) names.add(`offering/${id}`);
    for (const id of one.given.accounts.flatMap(cyclesOf)) names.add(`billingCycle/${id}`);
  }
  for (const each of all) {
    if (!names.has(`${each.kind}/${each.id}`)) continue;
    if (each.kind === 'offering') for (const id of termIdsOf(each)) names.add(`term/${id}`);
    if (each.kind === 'billingCycle') names.add(`tax/${each.body.tax}`).add(`rounding/${each.body.rounding}`);
  }
  return names;
}
