/**
 * What does a ruleset say when everything that is left out is written down? What is left out and what is spelled out mean the same.
 * Also called: defaults, normal form, 省略時の値.
 */
import { fieldOf, schemaFor, schemaNamed, type Schema } from '#engine/diff/schema-of.ts';

type Fields = Readonly<Record<string, unknown>>;

const monthly = { perUnit: false, taxIncluded: false, whileSuspended: 'charge' };

/** By definition, the fields that mean this when they are left out; the schema's help says so to authors. */
const leftOut: Readonly<Record<string, Fields>> = {
  OneTimeCharge: { taxIncluded: false },
  RecurringCharge: monthly,
  UsageCharge: { taxIncluded: false, aggregate: 'sum', connectFee: '0', freePerEvent: '0' },
  InstalmentCharge: { taxIncluded: false },
  CyclicCharge: { ...monthly, first: 'atStart', onChange: 'nextDue' },
  QuantityCharge: { taxIncluded: false, whileSuspended: 'charge' },
  PassThroughCharge: { taxIncluded: false, markupPercent: '0' },
  StatutoryCharge: { taxIncluded: false },
  LineBounds: { judgedOn: 'list', prorated: false },
  ProductBound: { judgedOn: 'list', prorated: false, taxIncluded: false },
  AccountBounds: { judgedOn: 'net', prorated: false },
  Proration: {
    ...{ dayCount: 'calendar', arithmetic: 'multiplyFirst', firstBill: 'own' },
    ...{ firstDay: 'counted', lastDay: 'counted', move: 'byDay', dayOfChange: 'new' },
  },
  Discount: { base: 'remaining' },
  TenureDiscountBody: { base: 'remaining' },
  CampaignBody: { grant: 'automatic', priority: 100 },
  BundleDiscountBody: { priority: 100, whileSuspended: 'kept' },
  RoundingBody: { lineRounding: 'each' },
  TaxBody: { regime: 'oncePerRate' },
  BillingCycleBody: { closing: 'common', discountOrder: ['tenureDiscount', 'bundleDiscount', 'campaign'] },
  StatutoryFeeBody: { monthsLater: 0 },
  TermBody: { counted: 'byDay' },
  VolumePrice: { bestOf: false, withoutUse: 'notDue' },
  GraduatedPrice: { withoutUse: 'notDue' },
  SteppedFlatPrice: { withoutUse: 'due' },
  AmountOff: { prorated: false, spread: 'inOrder' },
};

/** The document of the definition with nothing left out. */
export function spelledOut(definition: string, document: unknown): unknown {
  return spelled(schemaNamed(definition), document);
}

function spelled(written: Schema, value: unknown): unknown {
  const schema = schemaFor(written, value);
  if (Array.isArray(value)) return value.map((each) => spelled(schema.items ?? {}, each));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([key, each]) => [key, spelled(fieldOf(schema, key), each)] as const);
  return { ...leftOut[schema.definedAs ?? ''], ...Object.fromEntries(fields) };
}
