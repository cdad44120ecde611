/**
 * Find bills by customer, account, number, cycle or amount.
 * Also called: bill search, 請求検索, 請求一覧.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { findBills, type BillListed, type BillsAsked } from '#runtime/bills/find-bills.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Page } from '#runtime/services/page.ts';

export async function listBills(app: App, actor: Actor, input: BillsAsked = {}): Promise<Page<BillListed>> {
  authorize(actor, 'bill.read');
  return withScope(app, actor, (tx) => findBills(tx, input));
}
