/**
 * What can be ordered for a customer, and with which reasons can a contract end?
 * Also called: order form, 申込画面の選択肢、解約理由.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { readCustomer } from '#runtime/customers/read-customer.ts';
import { withScope } from '#runtime/db/scope.ts';
import { numbered } from '#runtime/orders/product-numbers.ts';
import { simulationChoices, type SimulationChoices } from '#runtime/services/simulate-change-choices.ts';
import type { NotBillable } from '#runtime/services/simulation-input.ts';
import type { Condition, ConditionNode } from '#schemas/generated/types.ts';

export type OrderChoices = SimulationChoices & {
  /** The number that the next new product gets. */
  readonly nextProduct: string;
  /** Why a contract ends; with some of the reasons a penalty is waived. */
  readonly endReasons: readonly { readonly id: string; readonly isWaived: boolean }[];
};

const USUAL_REASONS = ['customer-request', 'moving-to-another-carrier'];

export async function orderChoices(
  app: App,
  actor: Actor,
  { customerId }: { readonly customerId: string },
): Promise<OrderChoices | NotBillable> {
  authorize(actor, 'order.place');
  const choices = await simulationChoices(app, actor, { customerId });
  if ('problem' in choices) return choices;
  return withScope(app, actor, async (tx) => {
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const wanted = { kind: 'addProduct', offering: '' } as const;
    const { changes } = await numbered(tx, await readCustomer(tx, customerId), [wanted]);
    const [first] = changes;
    const waived = new Set(
      release.allInForce('penalty', choices.today).flatMap(({ body }) => reasonsIn(body.waivedWhen)),
    );
    const reasons = [...new Set([...USUAL_REASONS, ...waived])];
    return {
      ...choices,
      nextProduct: first?.kind === 'addProduct' ? (first.product ?? '') : '',
      endReasons: reasons.map((id) => ({ id, isWaived: waived.has(id) })),
    };
  });
}

/** The reasons for ending that a condition names; what it rules out is none. */
function reasonsIn(node: Condition | ConditionNode | undefined): string[] {
  if (node === undefined || 'not' in node) return [];
  if ('all' in node) return node.all.flatMap(reasonsIn);
  if ('any' in node) return node.any.flatMap(reasonsIn);
  if (node.fact !== 'product.endReason') return [];
  return [node.value].flat().filter((value) => typeof value === 'string');
}
