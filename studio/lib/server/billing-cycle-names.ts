/**
 * What are the billing cycles called?
 * Also called: billing cycle name, 請求サイクルの名称.
 */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { listRulesets } from '#runtime/services/list-rulesets.ts';
import type { Localized } from '#schemas/generated/types.ts';

/** Tells the name of a billing cycle by its id; an id without a name is its own. */
export async function billingCycleNames(app: App, actor: Actor): Promise<(id: string) => Localized> {
  const { rows } = await listRulesets(app, actor, { kind: 'billingCycle', pageSize: 500 });
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? { ja: id, en: id };
}
