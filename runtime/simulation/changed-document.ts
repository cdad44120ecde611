/**
 * What does a customer hold after the changes?
 * The account document as it would stand, or the reasons why it cannot. Pure. Also called: order simulation, 変更後の契約.
 */
import { monthOfDate, periodOfMonth, type Closing } from '#engine/calendar/billing-cycle.ts';
import { addDays, isCivilDate, type CivilDate } from '#engine/calendar/civil-date.ts';
import { standingIn, type TermStanding } from '#engine/explain/standing.ts';
import { stretchOn, timelineOf } from '#engine/facts/timeline.ts';
import { termStatus } from '#engine/penalties/term-status.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Said } from '#runtime/customers/lane-changes.ts';
import { nameOfOffering } from '#runtime/customers/offering-names.ts';
import { refusalsOf } from '#runtime/simulation/allowed.ts';
import { changedFrom } from '#runtime/simulation/changed-history.ts';
import type { Change, Changes } from '#runtime/simulation/changes.ts';
import type { Successors } from '#runtime/simulation/typical-month.ts';
import type { AccountDocument, OfferingRuleset, Product, ProductEvent } from '#schemas/generated/types.ts';

/** What a product has become by the changes: an offering that was not held like that before. */
export type Taken = { readonly product: string; readonly offering: OfferingRuleset };

export type Changed = {
  readonly document: AccountDocument;
  /** Who has the usage of a contract that was ended for another one. */
  readonly successors: Successors;
  readonly taken: readonly Taken[];
  /** What the changes mean for terms. Words under `simulation.…`. */
  readonly notes: readonly Said[];
};

/** Each with the place in what was asked. */
export type NotAllowed = { readonly refusals: readonly (Said & { readonly path: string })[] };

/** A step that failed: what follows from it is not looked at. */
class Stopped extends Error {
  readonly reason: Said;

  constructor(code: string, values: Said['values']) {
    super(code);
    this.reason = { code: `simulation.refused.${code}`, values };
  }
}

type Working = {
  readonly release: Release;
  readonly closing: Closing;
  readonly given: Changes;
  document: AccountDocument;
  successors: Map<string, { readonly product: string; readonly from: CivilDate }>;
  taken: Taken[];
  notes: Said[];
};

/** Every reason at once, as far as each change can be followed. */
export function changedDocument(
  document: AccountDocument,
  given: Changes,
  release: Release,
  closing: Closing,
): Changed | NotAllowed {
  const late = tooEarly(document, given, closing);
  if (late !== undefined) return { refusals: [{ ...late, path: '/from' }] };
  const working: Working = { release, closing, given, document, successors: new Map(), taken: [], notes: [] };
  const refusals = given.changes.flatMap((change, index) => {
    try {
      apply(working, change);
      return [];
    } catch (error) {
      if (error instanceof Stopped) return [{ ...error.reason, path: `/changes/${index}` }];
      throw error;
    }
  });
  const { successors, taken, notes } = working;
  const judged = refusalsOf({ before: document, after: working.document, taken, given, release, closing });
  refusals.push(...judged.map((reason) => ({ ...reason, path: '/changes' })));
  return refusals.length > 0 ? { refusals } : { document: working.document, successors, taken, notes };
}

/** What has been billed stays, unless it may be put right. */
function tooEarly(document: AccountDocument, { from, reachesBack }: Changes, closing: Closing): Said | undefined {
  if (!isCivilDate(from)) return { code: 'simulation.refused.not-a-day', values: { from } };
  const earliest = firstOpenDay(document, closing);
  return from < earliest && reachesBack !== true
    ? { code: 'simulation.refused.already-billed', values: { from, earliest } }
    : undefined;
}

const firstOpenDay = ({ periods }: AccountDocument, closing: Closing): CivilDate =>
  periodOfMonth(periods.first, closing).start;

/** Whatever ends has its last day of service in a period that is not billed yet. */
function assertEveIsOpen({ document, given, closing }: Working): void {
  const first = firstOpenDay(document, closing);
  if (given.from <= first && given.reachesBack !== true)
    throw new Stopped('already-billed', { from: given.from, earliest: addDays(first, 1) });
}

function apply(working: Working, change: Change): void {
  switch (change.kind) {
    case 'changeOffering':
      return changeOffering(working, change.product, change.offering);
    case 'addProduct':
      return addProduct(working, change);
    case 'changeQuantity':
      return changeQuantity(working, change.product, change.quantity);
    case 'suspendProduct':
      return changeStatus(working, change.product, 'suspended');
    case 'resumeProduct':
      return changeStatus(working, change.product, 'active');
    case 'endProduct':
      return endProduct(working, change);
    case 'grantCampaign':
      return grantCampaign(working, change.product, change.campaign);
  }
}

function changeOffering(working: Working, id: string, offering: string): void {
  const { from } = working.given;
  const product = heldProduct(working, id);
  const stretch = stretchOn(timelineOf(product), from)!;
  if (stretch.offering === offering)
    throw new Stopped('same-offering', { product: id, name: nameOfOffering(working.release, offering, from) });
  const wanted = offeringFrom(working, offering);
  const terms = termsOn(working, id);
  const broken = terms.filter(({ ruleset, status }) => status.in === 'term' && !termIdsOf(wanted).includes(ruleset.id));
  if (broken.length > 0) return replaceProduct(working, product, stretch.quantity, wanted, broken);
  const ratePlanVersion = boundVersion(working, wanted);
  const { appliedOn } = working.given;
  replace(
    working,
    changedFrom(product, { from, offering, ratePlanVersion, boundBy: 'order', event: 'planChange', appliedOn }),
  );
  working.taken.push({ product: id, offering: wanted });
  noteNewTerms(
    working,
    wanted,
    terms.map(({ ruleset }) => ruleset.id),
  );
}

/** The contract ends, and another begins that keeps its tenure. */
function replaceProduct(
  working: Working,
  product: Product,
  quantity: string,
  wanted: OfferingRuleset,
  broken: readonly TermStanding[],
): void {
  const { from, successorNumbers } = working.given;
  assertEveIsOpen(working);
  for (const { ruleset, status } of broken) {
    working.notes.push({
      code: 'simulation.termBroken',
      values: { name: ruleset.name, lastDay: addDays(status.termEnd, -1) },
    });
  }
  replace(working, ended(product, from, 'plan-change'));
  const number = successorNumbers?.[product.id] ?? `${product.id}+`;
  const successor = newProduct(working, number, wanted, product.account, 'planChange', quantity);
  add(working, { ...successor, endsOn: product.endsOn, tenureFrom: product.tenureFrom ?? product.startsOn });
  working.successors.set(product.id, { product: successor.id, from });
}

function changeQuantity(working: Working, id: string, quantity: string): void {
  const product = heldProduct(working, id);
  const { from } = working.given;
  if (stretchOn(timelineOf(product), from)!.quantity === quantity)
    throw new Stopped('same-quantity', { product: id, quantity });
  replace(working, changedFrom(product, { from, quantity }));
}

function changeStatus(working: Working, id: string, status: 'active' | 'suspended'): void {
  const product = heldProduct(working, id);
  const { from } = working.given;
  if (stretchOn(timelineOf(product), from)!.status === status)
    throw new Stopped(status === 'active' ? 'not-suspended' : 'suspended-already', { product: id, on: from });
  replace(working, changedFrom(product, { from, status }));
}

function addProduct(
  working: Working,
  {
    offering,
    product,
    account,
    quantity = '1',
    event = 'new',
    documentReceivedOn,
  }: Extract<Change, { kind: 'addProduct' }>,
): void {
  const { accounts, products } = working.document;
  const to = account ?? accounts[0]!.id;
  if (!accounts.some(({ id }) => id === to)) throw new Stopped('account-unknown', { account: to });
  const wanted = offeringFrom(working, offering);
  const number = products.filter(({ id }) => id.startsWith('new-')).length + 1;
  const id = product ?? `new-${number}`;
  if (products.some((each) => each.id === id)) throw new Stopped('product-exists', { product: id });
  const added = newProduct(working, id, wanted, to, event, quantity);
  add(working, { ...added, ...(documentReceivedOn !== undefined && { documentReceivedOn }) });
}

function newProduct(
  working: Working,
  id: string,
  wanted: OfferingRuleset,
  account: string,
  event: ProductEvent,
  quantity: string,
): Product {
  const { from: startsOn, appliedOn } = working.given;
  working.taken.push({ product: id, offering: wanted });
  noteNewTerms(working, wanted, []);
  const ratePlanVersion = boundVersion(working, wanted);
  return { id, account, offering: wanted.id, ratePlanVersion, quantity, event, appliedOn, startsOn, endsOn: null };
}

function endProduct(
  working: Working,
  { product: id, reason = 'customer-request', documentReceivedOn }: Extract<Change, { kind: 'endProduct' }>,
): void {
  const product = heldProduct(working, id);
  assertEveIsOpen(working);
  for (const { ruleset, status } of termsOn(working, id)) {
    if (status.in !== 'term')
      working.notes.push({
        code: 'simulation.leftFree',
        values: { name: ruleset.name, lastDay: addDays(status.termEnd, -1) },
      });
  }
  const received = documentReceivedOn === undefined ? {} : { documentReceivedOn };
  replace(working, { ...ended(product, working.given.from, reason), ...received });
}

function grantCampaign(working: Working, product: string, campaign: string): void {
  const { from, appliedOn } = working.given;
  const to = working.successors.get(product)?.product ?? product;
  heldProduct(working, to);
  const ruleset = working.release.inForce('campaign', campaign, from);
  if (ruleset === undefined) throw new Stopped('campaign-unknown', { campaign, on: from });
  const { name, body } = ruleset;
  if (body.grant !== 'required') throw new Stopped('campaign-automatic', { name });
  if (appliedOn < body.window.from || (body.window.to !== null && appliedOn >= body.window.to)) {
    const lastDay = body.window.to === null ? 'open' : addDays(body.window.to, -1);
    throw new Stopped('campaign-window', { name, from: body.window.from, lastDay });
  }
  const grants = working.document.grants ?? [];
  if (grants.some((grant) => grant.product === to && grant.campaign === campaign))
    throw new Stopped('campaign-granted', { name });
  working.document = { ...working.document, grants: [...grants, { campaign, product: to, grantedOn: from }] };
}

/** The product, which has service on the day of the change and on the day before, or begins on it. */
function heldProduct({ document, given }: Working, id: string): Product {
  const product = document.products.find((each) => each.id === id);
  if (product === undefined) throw new Stopped('product-unknown', { product: id });
  if (stretchOn(timelineOf(product), given.from) === undefined) {
    const lastDay = product.endsOn === null ? 'open' : addDays(product.endsOn, -1);
    throw new Stopped('not-held', { product: id, on: given.from, from: product.startsOn, lastDay });
  }
  return product;
}

function offeringFrom({ release, given }: Working, id: string): OfferingRuleset {
  const found = release.inForce('offering', id, given.from);
  if (found === undefined || release.inForce('ratePlan', found.body.ratePlan, given.from) === undefined) {
    throw new Stopped('offering-unknown', { offering: id, on: given.from });
  }
  return found;
}

/** An order binds to the version in force on its first day. */
const boundVersion = ({ release, given }: Working, { body }: OfferingRuleset): number =>
  release.inForce('ratePlan', body.ratePlan, given.from)!.version;

/** The terms of a product, as if it ended with the day before the change. */
function termsOn({ document, release, closing, given }: Working, product: string): readonly TermStanding[] {
  const month = monthOfDate(addDays(given.from, -1), closing);
  return (
    standingIn(document, release, month, given.from).products.find((each) => each.product === product)?.terms ?? []
  );
}

const termIdsOf = ({ body }: OfferingRuleset): readonly string[] => [body.term ?? [], body.furtherTerms ?? []].flat();

function noteNewTerms({ notes, release, given }: Working, wanted: OfferingRuleset, held: readonly string[]): void {
  for (const id of termIdsOf(wanted)) {
    const term = release.inForce('term', id, given.appliedOn);
    if (term === undefined || held.includes(id)) continue;
    const { termEnd } = termStatus(term.body, given.from, given.from);
    notes.push({
      code: 'simulation.newTerm',
      values: { name: term.name, from: given.from, lastDay: addDays(termEnd, -1) },
    });
  }
}

const ended = (product: Product, endsOn: CivilDate, endReason: string): Product => ({
  ...product,
  endsOn,
  endReason,
  ...(product.history !== undefined && { history: product.history.filter(({ from }) => from < endsOn) }),
});

function replace(working: Working, product: Product): void {
  const products = working.document.products.map((each) => (each.id === product.id ? product : each));
  working.document = { ...working.document, products };
}

function add(working: Working, product: Product): void {
  working.document = { ...working.document, products: [...working.document.products, product] };
}
