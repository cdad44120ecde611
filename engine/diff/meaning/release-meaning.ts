/**
 * What is different between two sets of rulesets, such as two releases? Ruleset by ruleset, each new version against the one it follows.
 * Also called: release diff, release notes, リリースの差分, 改定内容.
 */
import { said, saidPeriod, type Naming } from '#engine/explain/said.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { Case, Localized, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { changedCases } from './cases.ts';
import type { Finding } from './finding.ts';
import { meaningOf } from './meaning.ts';

/** Rulesets and, by 'kind/id', the cases that lie beside them. */
export interface RulesetSet {
  readonly rulesets: readonly Ruleset[];
  readonly cases: ReadonlyMap<string, readonly Case[]>;
}

/** What became of one ruleset. */
export interface RulesetChange {
  readonly kind: RulesetKind;
  readonly id: string;
  readonly name: Localized;
  /** The versions that are held against each other; null where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** 「第 1 版 → 第 2 版」 */
  readonly heading: Said;
  readonly findings: readonly Finding[];
}

/** In order of kind and id; rulesets that say the same are left out. */
export function releaseMeaning(before: RulesetSet, after: RulesetSet): RulesetChange[] {
  const naming = namingOf([...before.rulesets, ...after.rulesets]);
  const keys = [...new Set([...before.rulesets, ...after.rulesets].map(keyOf))].toSorted();
  return keys.flatMap((key) => {
    const versions = [before, after].map(({ rulesets }) =>
      rulesets.filter((each) => keyOf(each) === key).toSorted((a, b) => a.version - b.version),
    );
    const [was = [], is = []] = versions;
    const cases = changedCases(before.cases.get(key) ?? [], after.cases.get(key) ?? []);
    const changes = changesOf(was, is, naming);
    if (changes.length === 0 && cases.length > 0) {
      const same = is.at(-1) ?? was.at(-1)!;
      return [changeOf(same, same, cases)];
    }
    return changes.map((change, index) =>
      index === changes.length - 1 ? { ...change, findings: [...change.findings, ...cases] } : change,
    );
  });
}

/** Two versions of a ruleset, or two rulesets of a kind, as one change. */
export function versionChange(before: Ruleset, after: Ruleset, naming: Naming): RulesetChange {
  return changeOf(before, after, meaningOf(before, after, naming));
}

/** What is known by the rulesets themselves: their names, those of their charges, and the currency, where there is one. */
export function namingOf(rulesets: readonly Ruleset[]): Naming {
  const names = new Map<string, Localized | undefined>();
  const learn = (key: string, name: Localized): void => {
    const known = names.get(key);
    names.set(key, names.has(key) && known?.ja !== name.ja ? undefined : name);
  };
  for (const ruleset of rulesets) {
    names.set(keyOf(ruleset), ruleset.name);
    if (ruleset.kind === 'tenureDiscount') learn(`discount/${ruleset.id}`, ruleset.name);
    if (ruleset.kind === 'campaign' || ruleset.kind === 'bundleDiscount')
      for (const { id, name } of ruleset.body.discounts) learn(`discount/${id}`, name);
    if (ruleset.kind === 'ratePlan') for (const { id, name } of ruleset.body.charges) learn(`charge/${id}`, name);
  }
  const currencies = new Set(rulesets.flatMap((each) => (each.kind === 'billingCycle' ? [each.body.currency] : [])));
  const [currency] = currencies;
  return {
    ...(currencies.size === 1 && currency !== undefined ? { currency } : {}),
    nameOf: (kind, id) => names.get(`${kind}/${id}`),
  };
}

const keyOf = ({ kind, id }: Pick<Ruleset, 'kind' | 'id'>): string => `${kind}/${id}`;

function changesOf(before: readonly Ruleset[], after: readonly Ruleset[], naming: Naming): RulesetChange[] {
  const last = before.at(-1);
  if (after.length === 0) return last === undefined ? [] : [gone(last)];
  if (last === undefined) return [came(after.at(-1)!)];
  const known = new Map(before.map((each) => [each.version, each]));
  const changes = after.flatMap((each) => {
    const same = known.get(each.version);
    if (same !== undefined && canonicalJson(same) === canonicalJson(each)) return [];
    const follows = same ?? after.findLast(({ version }) => version < each.version) ?? last;
    return [versionChange(follows, each, naming)];
  });
  const kept = new Set(after.map(({ version }) => version));
  const withdrawn = before
    .filter(({ version }) => !kept.has(version))
    .map((each) => changeOf(each, null, [withdrawal(each)]));
  return [...changes, ...withdrawn];
}

function came(ruleset: Ruleset): RulesetChange {
  const values = { kind: said(`screen.option.RulesetKind.${ruleset.kind}`), name: ruleset.name };
  const sentence = said('meaning.ruleset.added', { ...values, period: saidPeriod(ruleset.effective) });
  return changeOf(null, ruleset, [{ ...whole, after: ruleset, sentence }]);
}

function gone(ruleset: Ruleset): RulesetChange {
  const values = { kind: said(`screen.option.RulesetKind.${ruleset.kind}`), name: ruleset.name };
  return changeOf(ruleset, null, [{ ...whole, before: ruleset, sentence: said('meaning.ruleset.removed', values) }]);
}

const withdrawal = (ruleset: Ruleset): Finding => ({
  ...whole,
  before: ruleset,
  sentence: said('meaning.ruleset.withdrawn', { version: String(ruleset.version) }),
});

const whole = { about: 'ruleset', at: { before: '', after: '' }, place: [] } as const;

function changeOf(before: Ruleset | null, after: Ruleset | null, findings: readonly Finding[]): RulesetChange {
  const { kind, id, name, effective } = (after ?? before)!;
  const values = {
    before: String(before?.version ?? ''),
    after: String(after?.version ?? ''),
    period: saidPeriod(effective),
  };
  const heading =
    before === null
      ? said('meaning.ruleset.first', { version: values.after, period: values.period })
      : after === null
        ? said('meaning.ruleset.last', { version: values.before })
        : before.version === after.version
          ? said('meaning.ruleset.same', { version: values.after, period: values.period })
          : said('meaning.ruleset.version', values);
  return { kind, id, name, before: before?.version ?? null, after: after?.version ?? null, heading, findings };
}
