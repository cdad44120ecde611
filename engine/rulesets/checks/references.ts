/**
 * Does everything that the ruleset names exist, and is it in force on the same days?
 * Also called: referential integrity, 参照整合性.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { DiscountTarget, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import type { Check, Known } from '../known.ts';
import { firstUncovered } from '../release.ts';

/** A name, where it stands, and whether amounts depend on it day by day. */
interface Reference {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly path: string;
  readonly daily: boolean;
}

export const checkReferences: Check = (ruleset, known, report) => {
  for (const { kind, id, path, daily } of referencesOf(ruleset)) {
    if (!known.has(kind, id)) report('unknown-reference', path, { kind, id });
    else if (kind === ruleset.kind && id === ruleset.id) report('reference-to-itself', path, { id });
    else if (daily && !known.isBroken(kind, id)) checkDays(ruleset, kind, id, path, known, report);
  }
  for (const { target, path } of targetsOf(ruleset)) checkTarget(target, path, known, report);
  checkCharges(ruleset, known, report);
};

/** What the ruleset names. */
export function referencesOf(ruleset: Ruleset): Reference[] {
  const one = (kind: RulesetKind, id: string | undefined, path: string, daily = true): Reference[] =>
    id === undefined ? [] : [{ kind, id, path, daily }];
  const many = (kind: RulesetKind, ids: readonly string[] | undefined, path: string, daily = false): Reference[] =>
    (ids ?? []).flatMap((id, index) => one(kind, id, below(path, index), daily));
  switch (ruleset.kind) {
    case 'offering': {
      const { ratePlan, term, furtherTerms, withoutTerm, requires, excludes } = ruleset.body;
      return [
        ...one('ratePlan', ratePlan, '/body/ratePlan'),
        ...one('term', term, '/body/term'),
        ...many('term', furtherTerms, '/body/furtherTerms', true),
        ...one('offering', withoutTerm, '/body/withoutTerm', false),
        ...many('offering', requires, '/body/requires'),
        ...many('offering', excludes, '/body/excludes'),
      ];
    }
    case 'ratePlan':
      return ruleset.body.charges.flatMap((charge, index) =>
        charge.type === 'statutory' ? one('statutoryFee', charge.fee, `/body/charges/${index}/fee`) : [],
      );
    case 'term':
      return one('penalty', ruleset.body.penalty, '/body/penalty');
    case 'billingCycle': {
      const { tax, rounding, invoiceTemplate } = ruleset.body;
      return [
        ...one('tax', tax, '/body/tax'),
        ...one('rounding', rounding, '/body/rounding'),
        ...one('invoiceTemplate', invoiceTemplate, '/body/invoiceTemplate'),
      ];
    }
    case 'bundleDiscount':
      return many('offering', ruleset.body.requires.offerings, '/body/requires/offerings');
    case 'complianceProfile':
      return many('offering', ruleset.body.offerings, '/body/offerings');
    default:
      return [];
  }
}

/** On every day that this version answers, what it names must answer too. */
function checkDays(ruleset: Ruleset, kind: RulesetKind, id: string, path: string, known: Known, report: Report): void {
  const own = known.spans(ruleset.kind, ruleset.id).find((span) => span.ruleset === ruleset);
  const missing = own && firstUncovered(own, known.spans(kind, id));
  if (missing !== undefined) report('reference-not-in-force', path, { kind, id, from: missing.from });
}

/** What the discounts of the ruleset are taken from. */
export function targetsOf(ruleset: Ruleset): { readonly target: DiscountTarget; readonly path: string }[] {
  switch (ruleset.kind) {
    case 'campaign':
    case 'bundleDiscount':
      return ruleset.body.discounts.map(({ target }, index) => ({ target, path: `/body/discounts/${index}/target` }));
    case 'tenureDiscount':
      return [{ target: ruleset.body.target, path: '/body/target' }];
    default:
      return [];
  }
}

function checkTarget(target: DiscountTarget, path: string, known: Known, report: Report): void {
  const { services = [], offerings = [], charges } = target;
  checkServices(services, below(path, 'services'), known, report);
  offerings.forEach((id, index) => {
    if (!known.has('offering', id)) {
      report('unknown-reference', below(path, 'offerings', index), { kind: 'offering', id });
    }
  });
  if (!known.isWhole('offering', 'ratePlan')) return;
  const reached = new Set([...known.reachedBy(target)].flatMap(({ body }) => [...known.chargesOf(body.ratePlan)]));
  checkEach(charges, reached, below(path, 'charges'), report);
}

function checkCharges(ruleset: Ruleset, known: Known, report: Report): void {
  switch (ruleset.kind) {
    case 'ratePlan':
      return ruleset.body.bounds?.forEach(({ charges = [] }, index) =>
        checkEach(charges, known.chargesOf(ruleset.id), `/body/bounds/${index}/charges`, report),
      );
    case 'bundleDiscount': {
      const { requires, allIn } = ruleset.body;
      checkServices(requires.services, '/body/requires/services', known, report);
      return checkEach(allIn?.charges, allCharges(known), '/body/allIn/charges', report);
    }
    case 'penalty': {
      const { fee } = ruleset.body;
      return checkEach(
        fee.model === 'oneMonthsCharge' ? fee.charges : [],
        allCharges(known),
        '/body/fee/charges',
        report,
      );
    }
    case 'complianceProfile':
      checkServices(ruleset.body.services, '/body/services', known, report);
      return ruleset.body.rules.forEach((rule, index) => {
        if (rule.rule === 'deviceDiscount')
          checkServices(rule.services, `/body/rules/${index}/services`, known, report);
        if (rule.rule !== 'withdrawal') return;
        rule.limits.forEach(({ charges }, at) =>
          checkEach(charges, allCharges(known), `/body/rules/${index}/limits/${at}/charges`, report),
        );
      });
    case 'tax':
      return ruleset.body.reliefs?.forEach(({ services }, index) =>
        checkServices(services, `/body/reliefs/${index}/services`, known, report),
      );
    default:
  }
}

/** The charges of all plans, or undefined when some plan could not be read. */
function allCharges(known: Known): ReadonlySet<string> | undefined {
  if (!known.isWhole('ratePlan')) return undefined;
  return new Set(known.ofKind('ratePlan').flatMap(({ body }) => body.charges.map(({ id }) => id)));
}

function checkEach(
  charges: readonly string[] = [],
  existing: ReadonlySet<string> | undefined,
  path: string,
  report: Report,
): void {
  charges.forEach((charge, index) => {
    if (existing?.has(charge) === false) report('unknown-charge', below(path, index), { charge });
  });
}

function checkServices(services: readonly string[] = [], path: string, known: Known, report: Report): void {
  services.forEach((service, index) => {
    if (!known.hasService(service)) report('unknown-service', below(path, index), { service });
  });
}
