/**
 * Do two rulesets, or two rows of one, write the same thing, so that only their order or chance decides?
 * Also called: conflicting writers, duplicate writer, 書き手の衝突、二重の適用.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type {
  BundleDiscountRuleset,
  CampaignRuleset,
  FileFormatRuleset,
  FileRecord,
  OfferingRuleset,
  OpenPeriod,
  TaxRelief,
  TaxRuleset,
} from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { termIdsOf } from '../terms-of-offering.ts';
import { mayMeet, overlapping } from './discounts.ts';

export const checkCollisions: Check = (ruleset, known, report) => {
  switch (ruleset.kind) {
    case 'offering':
      checkTerms(ruleset, known, report);
      return checkTogether(ruleset, known, report);
    case 'campaign':
      return checkCoupon(ruleset, known, report);
    case 'bundleDiscount':
      return checkAllIn(ruleset, known, report);
    case 'tax':
      return checkReliefs(ruleset, report);
    case 'fileFormat':
      return checkRecords(ruleset, report);
    default:
  }
};

/** Each term brings its penalty: one that is named twice is owed twice. */
function checkTerms(offering: OfferingRuleset, known: Known, report: Report): void {
  const ids = termIdsOf(offering);
  const offset = offering.body.term === undefined ? 0 : 1;
  const penaltyOf = (id: string): string | undefined =>
    known.ofKind('term').findLast((term) => term.id === id)?.body.penalty;
  checkBalance(offering, ids, penaltyOf, known, report);
  ids.forEach((id, index) => {
    if (index < offset) return;
    const path = below('/body/furtherTerms', index - offset);
    const earlier = ids.slice(0, index);
    if (earlier.includes(id)) {
      if (offset === 1 && id === offering.body.term) report('duplicate-entry', path, { value: id });
      return;
    }
    const penalty = penaltyOf(id);
    const other = penalty === undefined ? undefined : earlier.find((each) => penaltyOf(each) === penalty);
    if (penalty !== undefined && other !== undefined) report('penalty-owed-twice', path, { penalty, term: id, other });
  });
}

/** What is left of instalments falls due by itself; a penalty over the same sum asks for it again. */
function checkBalance(
  { body }: OfferingRuleset,
  terms: readonly string[],
  penaltyOf: (term: string) => string | undefined,
  known: Known,
  report: Report,
): void {
  const balances = known
    .ofKind('ratePlan')
    .filter(({ id }) => id === body.ratePlan)
    .flatMap((plan) =>
      plan.body.charges.flatMap((each) => (each.type === 'instalment' && each.onEnd === 'balance' ? [each] : [])),
    );
  for (const penalty of known.ofKind('penalty')) {
    const { fee } = penalty.body;
    if (fee.model !== 'remainder' || !terms.some((term) => penaltyOf(term) === penalty.id)) continue;
    const twice = balances.find(({ total, parts }) => total === fee.total && parts === fee.parts);
    if (twice !== undefined) report('balance-owed-twice', '/body/ratePlan', { charge: twice.id, penalty: penalty.id });
  }
}

/** What must be held together cannot be excluded, by neither of the two. */
function checkTogether({ id: own, body }: OfferingRuleset, known: Known, report: Report): void {
  const { requires = [], excludes = [] } = body;
  excludes.forEach((id, index) => {
    if (requires.includes(id)) report('required-and-excluded', below('/body/excludes', index), { offering: id });
  });
  requires.forEach((id, index) => {
    const versions = known.ofKind('offering').filter((each) => each.id === id);
    const isRefused = versions.length > 0 && versions.every((each) => each.body.excludes?.includes(own));
    if (isRefused && !excludes.includes(id))
      report('required-and-excluded', below('/body/requires', index), { offering: id });
  });
}

/** Whoever types a code means one campaign. Of two, the one that comes second by id is told. */
function checkCoupon(campaign: CampaignRuleset, known: Known, report: Report): void {
  const { coupon, window } = campaign.body;
  if (coupon?.use !== 'shared') return;
  const other = known
    .ofKind('campaign')
    .find(
      ({ id, body }) =>
        id < campaign.id &&
        body.coupon?.use === 'shared' &&
        body.coupon.code === coupon.code &&
        overlapping(body.window, window),
    );
  if (other !== undefined) report('coupon-code-shared', '/body/coupon/code', { code: coupon.code, other: other.id });
}

/** The first price for all closes the line, and a second never comes to it. */
function checkAllIn(bundle: BundleDiscountRuleset, known: Known, report: Report): void {
  const { allIn } = bundle.body;
  if (allIn === undefined) return;
  for (const other of known.ofKind('bundleDiscount')) {
    if (other.id >= bundle.id || !mayMeet(other, bundle, known)) continue;
    const charge = allIn.charges.find((id) => other.body.allIn?.charges.includes(id));
    if (charge === undefined || !mayBothBeComplete(other, bundle)) continue;
    report('all-in-price-twice', '/body/allIn/charges', { charge, other: other.id });
    return;
  }
}

/** A set that holds all of the other, and more, is complete with it: two sets of different things may never meet. */
function mayBothBeComplete(one: BundleDiscountRuleset, other: BundleDiscountRuleset): boolean {
  const [a, b] = [one, other].map(({ body: { requires } }) => [
    ...(requires.services ?? []),
    ...(requires.offerings ?? []),
  ]);
  return a!.every((each) => b!.includes(each)) || b!.every((each) => a!.includes(each));
}

/** The first relief in the list decides. */
function checkReliefs({ body: { reliefs = [] } }: TaxRuleset, report: Report): void {
  reliefs.forEach((relief, index) => {
    const first = reliefs.slice(0, index).findIndex((each) => bothRelieve(each, relief));
    if (first >= 0 && reliefs[first]!.rate !== relief.rate)
      report('tax-reliefs-meet', below('/body/reliefs', index), { first: `${first + 1}`, category: relief.category });
  });
}

function bothRelieve(a: TaxRelief, b: TaxRelief): boolean {
  const days = ({ fixedFrom: from, fixedTo: to }: TaxRelief): OpenPeriod => ({ from, to });
  const sharesService = a.services === undefined || b.services?.some((each) => a.services?.includes(each)) !== false;
  return a.category === b.category && sharesService && overlapping(days(a), days(b));
}

/** A line of the file yields each of its records: two of the same meter and attributes count it twice. */
function checkRecords({ body: { records } }: FileFormatRuleset, report: Report): void {
  records.forEach((record, index) => {
    const first = records.slice(0, index).findIndex((each) => bothRead(each, record));
    if (first >= 0)
      report('record-read-twice', below('/body/records', index), { meter: record.meter, first: `${first + 1}` });
  });
}

function bothRead(a: FileRecord, b: FileRecord): boolean {
  const isOther = a.when !== undefined && b.when?.column === a.when.column && b.when.equals !== a.when.equals;
  const contentOf = ({ meter, quantity, attributes = {} }: FileRecord): string =>
    JSON.stringify([meter, quantity, Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1))]);
  return !isOther && contentOf(a) === contentOf(b);
}
