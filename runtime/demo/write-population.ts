/**
 * How do the demo's customers get into the tables? All of a tenant's at once, in one transaction, by COPY.
 * Also called: seeding, bulk load, 初期データ投入.
 */
import { holdBillingFacts, SHARDS } from '#runtime/cycles/cut-off.ts';
import { placementOf, type Placement } from '#runtime/customers/placement.ts';
import { copyRows, type CopyValue } from '#runtime/db/copy.ts';
import { withCycle, type CycleTx } from '#runtime/db/scope.ts';
import type { App } from '#runtime/app.ts';
import type { DemoCustomer, DemoProduct, DemoStretch, Population } from './population.ts';

type Row = readonly CopyValue[];

/** A customer with what identifies its group in every table. */
type Placed = Placement & {
  readonly customer: DemoCustomer;
  readonly groupId: string;
  readonly customerId: string;
  readonly accountId: string;
};

/** Writes the population, unless the tenant has customers already. */
export async function writePopulation(app: App, tenantId: number, population: Population): Promise<void> {
  await withCycle(app, async (tx) => {
    if (await hasCustomers(tx, tenantId)) return;
    const shards = Array.from({ length: SHARDS }, (_, shard) => shard);
    const believedFrom = await holdBillingFacts(tx, tenantId, shards);
    const knownFrom = await holdBillingFacts(tx, tenantId, shards);
    const placed = population.customers.map((customer) => place(tenantId, customer));
    await writeParties(tx, tenantId, population, placed, knownFrom);
    await writeProducts(tx, tenantId, placed, { believedFrom, knownFrom });
  });
}

async function hasCustomers(tx: Pick<CycleTx, 'sql'>, tenantId: number): Promise<boolean> {
  return (await tx.sql('select from billing_group where tenant_id = $1 limit 1', [tenantId])).length > 0;
}

function place(tenantId: number, customer: DemoCustomer): Placed {
  const [groupId, customerId, accountId] = [`G-${customer.number}`, `C-${customer.number}`, `A-${customer.number}`];
  return { ...placementOf(tenantId, customerId), customer, groupId, customerId, accountId };
}

async function writeParties(
  tx: CycleTx,
  tenantId: number,
  { legalEntity }: Population,
  placed: readonly Placed[],
  knownFrom: string,
): Promise<void> {
  const copy = copier(tx, tenantId, placed);
  await copy('billing_group', ['id', 'payer_hash'], ({ groupId, payerHash }) => [[groupId, payerHash]]);
  await copy(
    'customer',
    ['id', 'group_id', 'type', 'name', 'kana', 'search', 'birth_date'],
    ({ customer, groupId, customerId }) => [
      [
        customerId,
        groupId,
        customer.type,
        customer.name,
        customer.kana,
        searchText(customer, customerId),
        customer.birthDate,
      ],
    ],
  );
  await copy('billing_account', ['id', 'group_id', 'customer_id'], ({ accountId, groupId, customerId }) => [
    [accountId, groupId, customerId],
  ]);
  const settings = [
    'account_id',
    'valid_from',
    'known_from',
    'legal_entity_id',
    'billing_cycle',
    'bill_to_name',
    'bill_to_address',
  ];
  await copy('billing_account_history', settings, ({ accountId, customer: { since, billingCycle, name, address } }) => [
    [accountId, since, knownFrom, legalEntity, billingCycle, name, address],
  ]);
}

/** What a search finds a customer by: number, name and kana. */
const searchText = ({ name, kana }: DemoCustomer, id: string): string =>
  `${id} ${name} ${kana}`.normalize('NFKC').toLowerCase();

type Known = { readonly believedFrom: string; readonly knownFrom: string };

async function writeProducts(
  tx: CycleTx,
  tenantId: number,
  placed: readonly Placed[],
  { believedFrom, knownFrom }: Known,
): Promise<void> {
  const copy = copier(tx, tenantId, placed);
  const each =
    (rows: (product: DemoProduct, of: Placed) => readonly Row[]) =>
    (of: Placed): readonly Row[] =>
      of.customer.products.flatMap((product) => rows(product, of));
  await copy(
    'product',
    ['id', 'group_id', 'account_id', 'event', 'applied_on', 'tenure_from'],
    each(({ id, event, appliedOn, tenureFrom }, { groupId, accountId }) => [
      [id, groupId, accountId, event, appliedOn, tenureFrom],
    ]),
  );
  const history = [
    'product_id',
    'valid_from',
    'valid_to',
    'known_from',
    'known_to',
    'offering',
    'rate_plan_version',
    'bound_by',
    'quantity',
    'status',
    'end_reason',
  ];
  await copy(
    'product_history',
    history,
    each(({ id, history: held, believedBefore = [] }) => [
      ...believedBefore.map((stretch) => historyRow(id, stretch, believedFrom, knownFrom)),
      ...held.map((stretch) => historyRow(id, stretch, knownFrom, null)),
    ]),
  );
  await copy(
    'product_identifier',
    ['identifier', 'valid_from', 'valid_to', 'group_id', 'product_id'],
    each(({ id, identifier, history: held }, { groupId }) =>
      identifier === null ? [] : [[identifier, held[0]!.from, held.at(-1)!.to, groupId, id]],
    ),
  );
  await copy(
    'campaign_grant',
    ['product_id', 'campaign', 'granted_on', 'known_from'],
    each(({ id, grants, appliedOn }) => grants.map((campaign) => [id, campaign, appliedOn, knownFrom])),
  );
}

function historyRow(product: string, stretch: DemoStretch, knownFrom: string, knownTo: string | null): Row {
  const { from, to, offering, ratePlanVersion, boundBy, quantity, status, endReason } = stretch;
  return [product, from, to, knownFrom, knownTo, offering, ratePlanVersion, boundBy, quantity, status, endReason];
}

/** Copies rows of every customer into a table that leads with tenant and shard. */
function copier(tx: CycleTx, tenantId: number, placed: readonly Placed[]) {
  return (table: string, columns: readonly string[], rows: (of: Placed) => readonly Row[]): Promise<void> =>
    copyRows(
      tx.client,
      table,
      ['tenant_id', 'shard', ...columns],
      placed.flatMap((of) => rows(of).map((row) => [tenantId, of.shard, ...row])),
    );
}
