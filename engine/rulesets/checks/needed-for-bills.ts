/**
 * Is there all that a bill needs besides what is sold: a billing cycle, tax and rounding?
 * What is missing is told with a whole ruleset to copy. Also called: missing billing cycle, 請求に必要なルールセット、締め日・税・端数処理の不足.
 */
import type {
  BillingCycleRuleset,
  CivilDate,
  OfferingRuleset,
  RoundingRuleset,
  RulesetKind,
  TaxRuleset,
} from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';

/** Told once, of the first offering by id. */
export const checkNeededForBills: Check = (ruleset, known, report) => {
  if (ruleset.kind !== 'offering' || ruleset !== firstOf(known.ofKind('offering'))) return;
  for (const example of examples(known)) {
    const { kind, id } = example;
    if (known.ofKind(kind).length > 0 || !known.isWhole(kind)) continue;
    report('bill-needs', '', { kind, file: `${kind}/${id}/v1.json`, example: JSON.stringify(example) });
  }
};

const firstOf = (offerings: readonly OfferingRuleset[]): OfferingRuleset | undefined =>
  offerings.toSorted((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1))[0];

type Needed = TaxRuleset | RoundingRuleset | BillingCycleRuleset;

/** In force as long as anything is sold, and called as a billing cycle, where there is one, calls them. */
function examples(known: Known): readonly Needed[] {
  const from = known
    .ofKind('offering')
    .map(({ effective }) => effective.from)
    .reduce((a, b) => (a < b ? a : b));
  const [cycle] = known.ofKind('billingCycle');
  const tax = cycle?.body.tax ?? firstId(known, 'tax') ?? 'consumption-tax';
  const rounding = cycle?.body.rounding ?? firstId(known, 'rounding') ?? 'yen-down';
  const envelope = { version: 1, effective: { from, to: null }, reason: '…' } as const;
  return [
    {
      ...{ kind: 'billingCycle', id: 'month-end', name: { ja: '月末締め', en: 'Closing at month end' }, ...envelope },
      body: { currency: 'JPY', closingDay: 31, tax, rounding, due: { monthsAfter: 1, day: 27 } },
    },
    {
      ...{ kind: 'tax', id: tax, name: { ja: '消費税', en: 'Consumption tax' }, ...envelope },
      body: { rounding: 'down', dateOfSupply: 'lastDay', rates: ratesFrom(from) },
    },
    {
      ...{ kind: 'rounding', id: rounding, name: { ja: '円未満切り捨て', en: 'Down to the yen' }, ...envelope },
      body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' } },
    },
  ];
}

const firstId = (known: Known, kind: RulesetKind): string | undefined => known.ofKind(kind)[0]?.id;

/** Japanese consumption tax, as far back as anything is sold. */
const ratesFrom = (sold: CivilDate): TaxRuleset['body']['rates'] =>
  consumptionTax.filter(({ to }) => to === null || to > sold);

const consumptionTax: TaxRuleset['body']['rates'] = [
  { category: 'standard', from: '1989-04-01', to: '1997-04-01', rate: '0.03' },
  { category: 'standard', from: '1997-04-01', to: '2014-04-01', rate: '0.05' },
  { category: 'standard', from: '2014-04-01', to: '2019-10-01', rate: '0.08' },
  { category: 'standard', from: '2019-10-01', to: null, rate: '0.10' },
  { category: 'reduced', from: '2019-10-01', to: null, rate: '0.08' },
];
