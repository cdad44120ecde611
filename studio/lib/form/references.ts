/**
 * Which fields name something else, and what is there to name? Offerings, plans, charges, services, meters, facts.
 * Also called: picker, lookup, foreign key, 参照, 選択候補.
 */
import dictionary from '#schemas/facts/dictionary.json' with { type: 'json' };
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';

/** A kind of ruleset, or something that is named within rulesets. */
export type Source =
  RulesetKind | 'service' | 'charge' | 'ownCharge' | 'meter' | 'group' | 'discount' | 'fact' | 'template';

const fields: Readonly<Record<string, Source>> = {
  'OfferingBody.service': 'service',
  'OfferingBody.ratePlan': 'ratePlan',
  'OfferingBody.term': 'term',
  'OfferingBody.furtherTerms': 'term',
  'OfferingBody.withoutTerm': 'offering',
  'OfferingBody.requires': 'offering',
  'OfferingBody.excludes': 'offering',
  'ProductBound.charges': 'ownCharge',
  'StatutoryCharge.fee': 'statutoryFee',
  'TermBody.penalty': 'penalty',
  'OneMonthsChargeFee.charges': 'charge',
  'DiscountTarget.charges': 'charge',
  'DiscountTarget.services': 'service',
  'DiscountTarget.offerings': 'offering',
  'BundleDiscountBody.requires.services': 'service',
  'BundleDiscountBody.requires.offerings': 'offering',
  'BundleDiscountBody.allIn.charges': 'charge',
  'BundleDiscountBody.allIn.alsoApply': 'discount',
  'Stacking.group': 'group',
  'BillingCycleBody.tax': 'tax',
  'BillingCycleBody.rounding': 'rounding',
  'BillingCycleBody.invoiceTemplate': 'invoiceTemplate',
  'TaxRelief.services': 'service',
  'ComplianceProfileBody.services': 'service',
  'ComplianceProfileBody.offerings': 'offering',
  'DeviceDiscountLimit.services': 'service',
  'WithdrawalLimit.limits.charges': 'charge',
  'MatrixColumn.fact': 'fact',
  'InvoiceTemplateBody.template': 'template',
};

/** What the field `name` of the thing defined as `holder` names, if it names anything. */
export function sourceOf(holder: string, name: string, definedAs: string): Source | undefined {
  return definedAs === 'Meter' ? 'meter' : fields[`${holder}.${name}`];
}

/** Facts whose value is the name of something: conditions and tables are offered it. */
export const factSources: Readonly<Record<string, Source>> = {
  'product.offering': 'offering',
  'group.offerings': 'offering',
  'product.service': 'service',
  'group.services': 'service',
  'product.ratePlan': 'ratePlan',
  'account.billingCycle': 'billingCycle',
  'usage.meter': 'meter',
};

/** Something that can be named. */
export interface Candidate {
  readonly id: string;
  readonly name?: Localized | undefined;
  /** Where it is, when names alone do not tell: the plan of a charge. */
  readonly where?: Localized | undefined;
}

/** What there is to name, of each source. */
export type Catalogue = Readonly<Record<Source, readonly Candidate[]>>;

interface Named {
  readonly kind?: unknown;
  readonly id?: unknown;
  readonly name?: Localized;
  readonly body?: Readonly<Record<string, unknown>>;
}

/** From the rulesets of the release and the draft itself, which may be half-written. */
export function catalogueOf(rulesets: readonly unknown[], own: unknown): Catalogue {
  const all = [...rulesets, own].filter(isNamed);
  const ofKind = (kind: RulesetKind): Candidate[] =>
    unique(all.filter((each) => each.kind === kind).map(({ id, name }) => ({ id: String(id), name })));
  const found = (pick: (each: Named) => readonly Candidate[]): Candidate[] => unique(all.flatMap(pick));
  const kinds: readonly RulesetKind[] = [
    ...(['offering', 'ratePlan', 'campaign', 'tenureDiscount', 'bundleDiscount', 'term', 'penalty'] as const),
    ...([
      'statutoryFee',
      'tax',
      'rounding',
      'billingCycle',
      'fileFormat',
      'invoiceTemplate',
      'complianceProfile',
    ] as const),
  ];
  return {
    ...(Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind)])) as Record<RulesetKind, Candidate[]>),
    service: found(({ body }) => ids(body?.['service'])),
    charge: found(chargesOf),
    ownCharge: isNamed(own) ? unique(chargesOf(own).map(({ where: _, ...charge }) => charge)) : [],
    meter: found(({ body }) =>
      [...things(body?.['charges']), ...things(body?.['allowances'])].flatMap(({ meter }) => ids(meter)),
    ),
    group: found(({ body }) => ids((body?.['stacking'] as Named & { group?: unknown })?.group)),
    discount: (['campaign', 'tenureDiscount', 'bundleDiscount'] as const).flatMap(ofKind),
    template: found(({ body }) => ids(body?.['template'])),
    fact: Object.entries(dictionary).map(([id, { label }]) => ({ id, name: label })),
  };
}

function chargesOf({ kind, name, body }: Named): Candidate[] {
  return kind === 'ratePlan'
    ? things(body?.['charges']).map((charge) => ({ id: String(charge.id ?? ''), name: charge.name, where: name }))
    : [];
}

type Thing = { readonly id?: unknown; readonly name?: Localized; readonly meter?: unknown };

const things = (value: unknown): Thing[] =>
  Array.isArray(value) ? value.filter((each): each is Thing => typeof each === 'object' && each !== null) : [];

const ids = (value: unknown): Candidate[] => (typeof value === 'string' && value !== '' ? [{ id: value }] : []);

const isNamed = (value: unknown): value is Named => typeof value === 'object' && value !== null;

/** The latest of each name, in order of name. */
function unique(candidates: readonly Candidate[]): Candidate[] {
  const latest = new Map(candidates.filter(({ id }) => id !== '').map((each) => [each.id, each]));
  return [...latest.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}
