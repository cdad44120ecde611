/**
 * Is anything here that nobody uses: a ruleset that no other names, usage that no plan charges, an attribute that no rule asks?
 * Also called: dead configuration, unused facts and parameters, revenue leakage, 使われない設定・項目、課金漏れ.
 */
import { below } from '#engine/diagnostics/pointer.ts';
import { preparedOnce } from '#engine/rulesets/prepared.ts';
import type { ConditionNode, FileFormatRuleset, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import type { Report } from '#engine/diagnostics/catalogue.ts';
import type { Check, Known } from '../known.ts';
import { conditionsOf } from './conditions.ts';
import { referencesOf } from './references.ts';
import { tablesIn } from './table-rows.ts';

/** Kinds that work only through another ruleset, and the kind that names them. */
const namedBy: Partial<Readonly<Record<RulesetKind, RulesetKind>>> = {
  ratePlan: 'offering',
  term: 'offering',
  penalty: 'term',
  statutoryFee: 'ratePlan',
  tax: 'billingCycle',
  rounding: 'billingCycle',
  invoiceTemplate: 'billingCycle',
};

export const checkUnused: Check = (ruleset, known, report) => {
  const by = namedBy[ruleset.kind];
  if (by !== undefined && known.isWhole(by) && isForgotten(ruleset, by, known))
    report('ruleset-never-named', '/id', { id: ruleset.id, by });
  if (ruleset.kind === 'fileFormat' && known.isWhole('ratePlan')) checkRecords(ruleset, known, report);
};

/** Not where nothing of the naming kind is at hand, nor while a name of its kind leads nowhere: that may be meant for it. */
function isForgotten({ kind, id }: Ruleset, by: RulesetKind, known: Known): boolean {
  if (known.ofKind(by).length === 0) return false;
  const names = namesUsed(known);
  const isNamed = names.has(`${kind}/${id}`);
  return (
    !isNamed && ![...names].some((name) => name.startsWith(`${kind}/`) && !known.has(kind, name.slice(kind.length + 1)))
  );
}

const namesUsed = preparedOnce(
  (known: Known): ReadonlySet<string> =>
    new Set(known.rulesets.flatMap((each) => referencesOf(each).map(({ kind, id }) => `${kind}/${id}`))),
);

function checkRecords({ body }: FileFormatRuleset, known: Known, report: Report): void {
  const { meters, facts } = askedOfUsage(known);
  body.records.forEach(({ meter, attributes = {} }, index) => {
    const path = below('/body/records', index);
    if (!meters.has(meter)) report('meter-never-charged', below(path, 'meter'), { meter });
    else
      for (const attribute of Object.keys(attributes))
        if (!facts.has(`usage.${attribute}`))
          report('attribute-never-asked', below(path, 'attributes', attribute), { attribute });
  });
}

interface Asked {
  readonly meters: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
}

/** What the charges and allowances of all rate plans count, and what they and their price tables ask. */
const askedOfUsage = preparedOnce((known: Known): Asked => {
  const plans = known.ofKind('ratePlan');
  const counted = plans.flatMap(({ body: { charges, allowances = [] } }) => [...charges, ...allowances]);
  const ofTables = plans.flatMap((plan) =>
    tablesIn(plan).flatMap(({ table }) => table.columns.map(({ fact }) => fact)),
  );
  const ofConditions = plans.flatMap((plan) => conditionsOf(plan).flatMap(({ condition }) => factsIn(condition)));
  return {
    meters: new Set(counted.flatMap((each) => ('meter' in each ? [each.meter] : []))),
    facts: new Set([...ofTables, ...ofConditions]),
  };
});

function factsIn(node: ConditionNode): readonly string[] {
  if ('fact' in node) return [node.fact];
  const parts = 'all' in node ? node.all : 'any' in node ? node.any : [node.not];
  return parts.flatMap(factsIn);
}
