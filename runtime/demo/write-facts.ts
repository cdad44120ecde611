/**
 * How do the demo's facts get into the tables? As they became known: some days at a time, under numbers in the order of those days.
 * What is known no longer from a day on is closed, never removed. Also called: seeding, bulk load, knowledge number, 初期データ投入, 知識時点.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { App } from '#runtime/app.ts';
import { holdBillingFacts, SHARDS } from '#runtime/cycles/cut-off.ts';
import { placementOf, type Placement } from '#runtime/customers/placement.ts';
import { copyRows, type CopyValue } from '#runtime/db/copy.ts';
import { withCycle, type CycleTx } from '#runtime/db/scope.ts';
import {
  heldStretches,
  registeredOn,
  type DemoCustomer,
  type DemoProduct,
  type Known,
  type Population,
} from './population.ts';

/** The days whose facts are written: after the one, through the other. */
export type Days = { readonly after: CivilDate | null; readonly through: CivilDate | null };

type Row = readonly CopyValue[];

/** A customer with what identifies its group in every table, and the number of each day on which something became known of it. */
type Placed = Placement & {
  readonly customer: DemoCustomer;
  readonly groupId: string;
  readonly customerId: string;
  readonly accountId: string;
  readonly numbers: Map<CivilDate, string>;
};

/** Writes all that there is to know of the population, unless the tenant has customers already. */
export async function writePopulation(app: App, tenantId: number, population: Population): Promise<void> {
  await withCycle(app, async (tx) => {
    const customers = await tx.sql('select from billing_group where tenant_id = $1 limit 1', [tenantId]);
    if (customers.length === 0) await writeFacts(tx, tenantId, population, { after: null, through: null });
  });
}

/** Writes what became known of the population on the days. What became known before them is there already. */
export async function writeFacts(tx: CycleTx, tenantId: number, population: Population, days: Days): Promise<void> {
  const placed = await numbered(tx, tenantId, population, days);
  const isNew = (day: CivilDate): boolean => isWithin(days, day);
  await writeParties(tx, tenantId, placed, isNew);
  await writeAddresses(tx, tenantId, population, placed, isNew);
  await writeProducts(tx, tenantId, placed, isNew);
  await writeHistory(tx, tenantId, placed, isNew);
}

const isWithin = ({ after, through }: Days, day: CivilDate): boolean =>
  (after === null || day > after) && (through === null || day <= through);

/** Draws the knowledge numbers, one for each customer and day, in order of day, while every shard is held. */
async function numbered(tx: CycleTx, tenantId: number, population: Population, days: Days): Promise<readonly Placed[]> {
  const placed = population.customers.map((customer) => place(tenantId, customer));
  const moments = placed
    .flatMap((of) => [...daysOf(of.customer)].filter((day) => isWithin(days, day)).map((day) => ({ day, of })))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  await holdBillingFacts(
    tx,
    tenantId,
    Array.from({ length: SHARDS }, (_, shard) => shard),
  );
  const drawn = await tx.sql<{ number: string }>(`select nextval('knowledge') as number from generate_series(1, $1)`, [
    moments.length,
  ]);
  moments.forEach(({ day, of }, index) => of.numbers.set(day, drawn[index]!.number));
  return placed.filter(({ numbers }) => numbers.size > 0);
}

function place(tenantId: number, customer: DemoCustomer): Placed {
  const [groupId, customerId, accountId] = [`G-${customer.number}`, `C-${customer.number}`, `A-${customer.number}`];
  return { ...placementOf(tenantId, customerId), customer, groupId, customerId, accountId, numbers: new Map() };
}

/** Every day on which something became known of the customer, or was known no longer. */
function daysOf({ addresses, products }: DemoCustomer): Set<CivilDate> {
  const facts: readonly Known[] = [...addresses, ...products.flatMap(({ history }) => history)];
  return new Set(facts.flatMap(({ knownOn, knownUntil }) => (knownUntil === null ? [knownOn] : [knownOn, knownUntil])));
}

type IsNew = (day: CivilDate) => boolean;

async function writeParties(tx: CycleTx, tenantId: number, placed: readonly Placed[], isNew: IsNew): Promise<void> {
  const joined = placed.filter(({ customer }) => isNew(customer.addresses[0]!.knownOn));
  const copy = copier(tx, tenantId, joined);
  await copy('billing_group', ['id', 'payer_hash'], ({ groupId, payerHash }) => [[groupId, payerHash]]);
  await copy(
    'customer',
    ['id', 'group_id', 'type', 'name', 'kana', 'search', 'birth_date'],
    ({ customer: { type, name, kana, birthDate }, groupId, customerId }) => [
      [customerId, groupId, type, name, kana, searchText(name, kana, customerId), birthDate],
    ],
  );
  await copy('billing_account', ['id', 'group_id', 'customer_id'], ({ accountId, groupId, customerId }) => [
    [accountId, groupId, customerId],
  ]);
}

/** What a search finds a customer by: number, name and kana. */
const searchText = (name: string, kana: string, id: string): string =>
  `${id} ${name} ${kana}`.normalize('NFKC').toLowerCase();

async function writeAddresses(
  tx: CycleTx,
  tenantId: number,
  { legalEntity }: Population,
  placed: readonly Placed[],
  isNew: IsNew,
): Promise<void> {
  const changed = placed.flatMap((of) =>
    of.customer.addresses
      .filter((fact) => isKnownNoLonger(fact, isNew))
      .map(({ from, knownUntil }) => [of.shard, of.accountId, from, of.numbers.get(knownUntil!)!] as const),
  );
  await closeKnown(tx, tenantId, 'billing_account_history', 'account_id', changed);
  await copier(tx, tenantId, placed)(
    'billing_account_history',
    [
      ...['account_id', 'valid_from', 'valid_to', 'known_from', 'known_to'],
      ...['legal_entity_id', 'billing_cycle', 'bill_to_name', 'bill_to_address'],
    ],
    (of) =>
      of.customer.addresses
        .filter(({ knownOn }) => isNew(knownOn))
        .map((fact) => [
          ...[of.accountId, fact.from, fact.to, ...knownBetween(of, fact)],
          ...[legalEntity, of.customer.billingCycle, of.customer.name, fact.address],
        ]),
  );
}

async function writeProducts(tx: CycleTx, tenantId: number, placed: readonly Placed[], isNew: IsNew): Promise<void> {
  const copy = copier(tx, tenantId, placed);
  const each =
    (rows: (product: DemoProduct, of: Placed) => readonly Row[]) =>
    (of: Placed): readonly Row[] =>
      of.customer.products.filter((product) => isNew(registeredOn(product))).flatMap((product) => rows(product, of));
  await copy(
    'product',
    ['id', 'group_id', 'account_id', 'event', 'applied_on', 'tenure_from'],
    each(({ id, event, appliedOn, tenureFrom }, { groupId, accountId }) => [
      [id, groupId, accountId, event, appliedOn, tenureFrom],
    ]),
  );
  await copy(
    'product_identifier',
    ['identifier', 'valid_from', 'valid_to', 'group_id', 'product_id'],
    each((product, { groupId }) => {
      const held = heldStretches(product);
      const { identifier, id } = product;
      return identifier === null ? [] : [[identifier, held[0]!.from, held.at(-1)!.to, groupId, id]];
    }),
  );
  await copy(
    'campaign_grant',
    ['product_id', 'campaign', 'granted_on', 'known_from'],
    each((product, { numbers }) =>
      product.grants.map((campaign) => [
        ...[product.id, campaign, product.appliedOn],
        numbers.get(registeredOn(product))!,
      ]),
    ),
  );
}

async function writeHistory(tx: CycleTx, tenantId: number, placed: readonly Placed[], isNew: IsNew): Promise<void> {
  const changed = placed.flatMap((of) =>
    of.customer.products.flatMap(({ id, history }) =>
      history
        .filter((fact) => isKnownNoLonger(fact, isNew))
        .map(({ from, knownUntil }) => [of.shard, id, from, of.numbers.get(knownUntil!)!] as const),
    ),
  );
  await closeKnown(tx, tenantId, 'product_history', 'product_id', changed);
  await copier(tx, tenantId, placed)(
    'product_history',
    [
      ...['product_id', 'valid_from', 'valid_to', 'known_from', 'known_to', 'offering', 'rate_plan_version'],
      ...['bound_by', 'quantity', 'status', 'end_reason'],
    ],
    (of) =>
      of.customer.products.flatMap(({ id, history }) =>
        history
          .filter(({ knownOn }) => isNew(knownOn))
          .map((fact) => [
            ...[id, fact.from, fact.to, ...knownBetween(of, fact), fact.offering, fact.ratePlanVersion],
            ...[fact.boundBy, fact.quantity, fact.status, fact.endReason],
          ]),
      ),
  );
}

/** Whether the fact was written before these days, and is known no longer since one of them. */
const isKnownNoLonger = ({ knownOn, knownUntil }: Known, isNew: IsNew): boolean =>
  knownUntil !== null && isNew(knownUntil) && !isNew(knownOn);

/** The number from which a fact is known, and the one from which it is not, as far as the days go. */
const knownBetween = ({ numbers }: Placed, { knownOn, knownUntil }: Known): [string, string | null] => [
  numbers.get(knownOn)!,
  knownUntil === null ? null : (numbers.get(knownUntil) ?? null),
];

/** Closes the facts that were known of the things from the days until now. */
async function closeKnown(
  tx: CycleTx,
  tenantId: number,
  table: string,
  named: string,
  changed: readonly (readonly [shard: number, id: string, validFrom: CivilDate, number: string])[],
): Promise<void> {
  await tx.sql(
    `update ${table} fact set known_to = changed.number
     from unnest($2::smallint[], $3::text[], $4::date[], $5::bigint[]) changed (shard, id, valid_from, number)
     where fact.shard = changed.shard and fact.tenant_id = $1 and fact.${named} = changed.id
       and fact.valid_from = changed.valid_from and fact.known_to is null`,
    [
      tenantId,
      changed.map(([shard]) => shard),
      changed.map(([, id]) => id),
      changed.map(([, , validFrom]) => validFrom),
      changed.map(([, , , number]) => number),
    ],
  );
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
