/**
 * By whom, and on which cycle, can a new customer be billed?
 * Also called: customer form, 顧客登録画面の選択肢.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Localized } from '#schemas/generated/types.ts';

type Named = { readonly id: string; readonly name: Localized };

export type CustomerChoices = {
  readonly today: string;
  readonly legalEntities: readonly Named[];
  readonly billingCycles: readonly Named[];
};

export async function customerChoices(app: App, actor: Actor): Promise<CustomerChoices> {
  authorize(actor, 'customer.write');
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const legalEntities = await tx.sql<Named>('select id, name from legal_entity order by id');
    const billingCycles = release.allInForce('billingCycle', today).map(({ id, name }) => ({ id, name }));
    return { today, legalEntities, billingCycles };
  });
}
