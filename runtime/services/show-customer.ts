/**
 * Show one customer: accounts, contracts on a timeline, bills, usage, and the rules that hold now.
 * Also called: customer page, 360-degree view, 顧客照会, 契約内容の確認.
 */
import { BillingProblem } from '#engine/billing/problem.ts';
import { addDays, type CivilDate } from '#engine/calendar/civil-date.ts';
import { standingIn } from '#engine/explain/standing.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { lanesOf, type Lane } from '#runtime/customers/contract-lanes.ts';
import type { CustomerState } from '#runtime/customers/find-customers.ts';
import { knownNow } from '#runtime/customers/known-now.ts';
import * as read from '#runtime/customers/read-customer.ts';
import { rulesNow, type RulesNow } from '#runtime/customers/rules-now.ts';
import { standingOfCustomer } from '#runtime/customers/standing.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { usageByMonth, type MonthOfUsage } from '#runtime/customers/usage-by-month.ts';
import { withScope, type SqlRunner } from '#runtime/db/scope.ts';
import type { Diagnostic, Localized } from '#schemas/generated/types.ts';

export type CustomerShown = Omit<read.CustomerRecord, 'shard' | 'groupId' | 'payerHash'> & {
  readonly state: CustomerState;
  readonly today: string;
  readonly since: string | null;
  /** The release that the rules are read from. */
  readonly release: number;
  readonly accounts: readonly read.AccountRecord[];
  /** Accounts that are billed alike, with what holds for them; nearly always all of them. */
  readonly billed: readonly BilledTogether[];
  readonly lanes: readonly Lane[];
  /** The newest first; null for whoever may not read bills. */
  readonly bills: readonly read.CustomerBill[] | null;
  /** Thirteen months in order; null for whoever may not read usage. */
  readonly usage: readonly MonthOfUsage[] | null;
};

export type BilledTogether = {
  readonly accounts: readonly string[];
  readonly legalEntity: string;
  readonly legalEntityName: Localized;
  readonly billingCycle: string;
  readonly billingCycleName: Localized;
  readonly currency: string;
  /** The billing cycle to which they are to move. */
  readonly coming: { readonly from: CivilDate; readonly name: Localized } | null;
  readonly rules: RulesNow | null;
  /** Why no rules can be shown: the next cycle will set this customer aside for the same reason. Words under `diagnostic.<code>`. */
  readonly problem: Diagnostic | null;
};

export async function showCustomer(
  app: App,
  actor: Actor,
  { customerId }: { readonly customerId: string },
): Promise<CustomerShown> {
  authorize(actor, 'customer.read');
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { number, release } = await keptRelease(app, tx, actor.tenantId);
    const customer = await read.readCustomer(tx, customerId);
    const accounts = await read.readAccounts(tx, customer);
    const setting = (account: read.AccountRecord): string => {
      const { legalEntity, billingCycle } = read.settingOn(account, today);
      return JSON.stringify([legalEntity, billingCycle]);
    };
    const view: View = { tx, tenantId: actor.tenantId, customer, release, today };
    const alike = [...Map.groupBy(accounts, setting).values()];
    const found = [];
    for (const together of alike) found.push(await billedTogether(view, together));
    const lanes = found.flatMap((each) => each.lanes);
    const { shard: _shard, groupId: _group, payerHash: _hash, ...known } = customer;
    const who = { ...known, ...(await standingOfCustomer(tx, customer, today)) };
    return {
      ...who,
      today,
      state: stateOf(lanes),
      since: lanes.map(({ startsOn }) => startsOn).sort()[0] ?? null,
      release: number,
      accounts,
      billed: found.map(({ together }) => together),
      lanes,
      bills: mayDo(actor, 'bill.read') ? await read.billsOf(tx, customer, accounts) : null,
      usage: mayDo(actor, 'usage.read')
        ? await usageByMonth(
            tx,
            customer,
            lanes.map(({ product }) => product),
            today,
          )
        : null,
    };
  });
}

type View = {
  readonly tx: SqlRunner;
  readonly tenantId: number;
  readonly customer: read.CustomerRecord;
  readonly release: Release;
  readonly today: CivilDate;
};

async function billedTogether(
  view: View,
  accounts: readonly read.AccountRecord[],
): Promise<{ together: BilledTogether; lanes: Lane[] }> {
  const { tx, tenantId, customer, release, today } = view;
  const ids = accounts.map(({ id }) => id);
  const { legalEntity, billingCycle } = read.settingOn(accounts[0]!, today);
  const [entity] = await tx.sql<{ name: Localized; currency: string }>(
    'select name, currency from legal_entity where id = $1',
    [legalEntity],
  );
  const together = {
    ...{ accounts: ids, legalEntity, billingCycle },
    legalEntityName: entity!.name,
    currency: entity!.currency,
    coming: comingOf(accounts[0]!, billingCycle, release, today),
    billingCycleName: release.inForce('billingCycle', billingCycle, today)?.name ?? {
      ja: billingCycle,
      en: billingCycle,
    },
  };
  try {
    const known = await knownNow(tx, tenantId, customer, accounts[0]!, release, today);
    if (known.document.products.length === 0)
      return { together: { ...together, rules: null, problem: null }, lanes: [] };
    const standing = standingIn(known.document, release, known.month, addDays(today, 1));
    const products = known.rows.products.map(({ id }) => id);
    const identifiers = await read.identifiersOf(tx, customer.shard, products);
    const corrected = await read.correctedOf(tx, customer.shard, products);
    const lanes = lanesOf(known, { release, today, standing, identifiers, corrected });
    const rules = rulesNow(known, standing, release, today);
    return {
      together: { ...together, rules, problem: null },
      lanes: lanes.filter(({ account }) => ids.includes(account)),
    };
  } catch (error) {
    if (!(error instanceof BillingProblem)) throw error;
    return { together: { ...together, rules: null, problem: error.diagnostic }, lanes: [] };
  }
}

function comingOf(
  { settings }: read.AccountRecord,
  billingCycle: string,
  release: Release,
  today: CivilDate,
): BilledTogether['coming'] {
  const next = settings.find((each) => each.from > today && each.billingCycle !== billingCycle);
  if (next === undefined) return null;
  const { billingCycle: id, from } = next;
  return { from, name: release.inForce('billingCycle', id, from)?.name ?? { ja: id, en: id } };
}

function stateOf(lanes: readonly Lane[]): CustomerState {
  const some = (state: Lane['state']): boolean => lanes.some((lane) => lane.state === state);
  if (some('suspended')) return 'suspended';
  if (some('active')) return 'active';
  if (some('upcoming')) return 'upcoming';
  return lanes.length > 0 ? 'ended' : 'none';
}
