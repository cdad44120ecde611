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

function referencesOf(ruleset: Ruleset): Reference[] {
  const one = (kind: RulesetKind, id: string | undefined, path: string, daily = true): Reference[] =>
    id === undefined ? [] : [{ kind, id, path, daily }];
  const many = (kind: RulesetKind, ids: readonly string[] | undefined, path: string): Reference[] =>
    (ids ?? []).flatMap((id, index) => one(kind, id, below(path, index), false));
  switch (ruleset.kind) {
    case 'offering': {
      const { ratePlan, term, requires, excludes } = ruleset.body;
      return [
        ...one('ratePlan', ratePlan, '/body/ratePlan'),
        ...one('term', term, '/body/term'),
        ...many('offering', requires, '/body/requires'),
        ...many('offering', excludes, '/body/excludes'),
      ];
    }
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
  services.forEach((service, index) => {
    if (!known.hasService(service)) report('unknown-service', below(path, 'services', index), { service });
  });
  offerings.forEach((id, index) => {
    if (!known.has('offering', id)) {
      report('unknown-reference', below(path, 'offerings', index), { kind: 'offering', id });
    }
  });
  if (!known.isWhole('offering', 'ratePlan')) return;
  const reached = new Set([...known.reachedBy(target)].flatMap(({ body }) => [...known.chargesOf(body.ratePlan)]));
  charges.forEach((charge, index) => {
    if (!reached.has(charge)) report('unknown-charge', below(path, 'charges', index), { charge });
  });
}

function checkCharges(ruleset: Ruleset, known: Known, report: Report): void {
  if (ruleset.kind === 'ratePlan') {
    const own = new Set(ruleset.body.charges.map(({ id }) => id));
    ruleset.body.bounds?.forEach(({ charges = [] }, index) =>
      charges.forEach((charge, at) => {
        if (!own.has(charge)) report('unknown-charge', `/body/bounds/${index}/charges/${at}`, { charge });
      }),
    );
  }
  if (ruleset.kind === 'bundleDiscount') {
    ruleset.body.requires.services?.forEach((service, index) => {
      if (!known.hasService(service)) report('unknown-service', `/body/requires/services/${index}`, { service });
    });
  }
  if (ruleset.kind === 'penalty' && ruleset.body.fee.model === 'oneMonthsCharge' && known.isWhole('ratePlan')) {
    const all = new Set(known.ofKind('ratePlan').flatMap(({ body }) => body.charges.map(({ id }) => id)));
    ruleset.body.fee.charges.forEach((charge, index) => {
      if (!all.has(charge)) report('unknown-charge', `/body/fee/charges/${index}`, { charge });
    });
  }
}
