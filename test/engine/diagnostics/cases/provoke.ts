/** How is a diagnostic provoked? By something done to a sound set of rulesets. */
import type { DiagnosticCode } from '#engine/diagnostics/catalogue.ts';
import { checkRulesets, formErrors } from '#engine/rulesets/check.ts';
import { checkRulesetFiles } from '#engine/rulesets/files.ts';
import type {
  Condition,
  ConditionNode,
  Diagnostic,
  MatrixPrice,
  RecurringCharge,
  Ruleset,
  UsageCharge,
} from '#schemas/generated/types.ts';
import { bent, type SoundSet } from '../../rulesets/sound-set.ts';

export interface Case {
  readonly code: DiagnosticCode;
  /** What the author did. */
  readonly when: string;
  readonly path: string;
  readonly values: Readonly<Record<string, string>>;
  readonly found: () => Diagnostic[];
}

type Bend = (set: SoundSet) => void;
type Values = Readonly<Record<string, string>>;

/** The set, bent, must be told exactly this one thing. */
export const when = (what: string, code: DiagnosticCode, path: string, values: Values, bend: Bend): Case => ({
  code,
  when: what,
  path,
  values,
  found: () => checkRulesets(bent(bend)),
});

/** The set joined by more rulesets. */
export const joined = (
  what: string,
  code: DiagnosticCode,
  path: string,
  values: Values,
  more: () => Ruleset[],
): Case => ({
  code,
  when: what,
  path,
  values,
  found: () => checkRulesets(bent(() => undefined, ...more())),
});

export const text = (what: string, code: DiagnosticCode, path: string, values: Values, written: string): Case => ({
  code,
  when: what,
  path,
  values,
  found: () => checkRulesetFiles([{ source: 'operator/rounding/down/v1.json', text: written }]),
});

export const document = (what: string, code: DiagnosticCode, path: string, values: Values, bend: Values): Case => ({
  code,
  when: what,
  path,
  values,
  found: () =>
    formErrors('Usage', {
      id: 'u1',
      product: 'p1',
      meter: 'voice.seconds',
      startedAt: '2026-11-03T09:30:00',
      quantity: '31',
      ...bend,
    }),
});

export const untyped = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;
export const recurring = (set: SoundSet): RecurringCharge => set.ratePlan.body.charges[1] as RecurringCharge;
export const usage = (set: SoundSet, index: number): UsageCharge => set.ratePlan.body.charges[index] as UsageCharge;
export const tableOf = (set: SoundSet): MatrixPrice => usage(set, 6).price as MatrixPrice;
export const tiersOf = (set: SoundSet) => {
  const { price } = usage(set, 5);
  if (price.model !== 'graduated') throw new Error('the sixth charge is graduated');
  return price.tiers;
};
export const waive = (set: SoundSet, node: ConditionNode): void => {
  set.penalty.body.waivedWhen = { all: [node] };
};
export const nested = (levels: number, node: ConditionNode): Condition =>
  levels === 1 ? { not: node } : { not: nested(levels - 1, node) };
export const later = (ruleset: Ruleset, version: number, from: string, to: string | null = null): Ruleset => ({
  ...ruleset,
  version,
  effective: { from, to },
});
