/**
 * Where can one go, and what can one do there, by one's roles?
 * Labels under `place.<code>`, other names under `place.<code>.also`. Also called: commands, shortcuts, 画面, 操作, コマンド.
 */
import type { Permission } from '#runtime/access/permissions.ts';

type Known = {
  readonly code: string;
  readonly kind: 'page' | 'action';
  /** Null: whoever is signed in. */
  readonly permission: Permission | null;
};

export const places = [
  { code: 'home', kind: 'page', permission: null },
  { code: 'rulesets', kind: 'page', permission: 'ruleset.read' },
  { code: 'customers', kind: 'page', permission: 'customer.find' },
  { code: 'usage', kind: 'page', permission: 'usage.read' },
  { code: 'rejects', kind: 'page', permission: 'usage.read' },
  { code: 'cycles', kind: 'page', permission: 'cycle.read' },
  { code: 'bills', kind: 'page', permission: 'bill.read' },
  { code: 'audit', kind: 'page', permission: 'audit.read' },
  { code: 'write-ruleset', kind: 'action', permission: 'ruleset.draft' },
  { code: 'review-changes', kind: 'action', permission: 'ruleset.review' },
  { code: 'simulate', kind: 'action', permission: 'simulation.run' },
  { code: 'import-usage', kind: 'action', permission: 'usage.import' },
  { code: 'open-cycle', kind: 'action', permission: 'cycle.open' },
  { code: 'sign-out', kind: 'action', permission: null },
] as const satisfies readonly Known[];

export type Place = (typeof places)[number];
