/**
 * Which of the staged lines are accepted, which came before, and which are refused?
 * Set-wise: a fixed number of statements whatever the size of the file, each over all the shards that it concerns and joined
 * along the shard. Also called: deduplication, validation, 重複排除, 突合, 名寄せ.
 */
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type ImportOf = { readonly tenantId: number; readonly fileId: string; readonly fileName: string };

export type Settlement = {
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly records: number;
};

/** Finding the products that lines name, then the lines that came before, then writing what is new. */
export type SettlingStep = 'matching' | 'comparing' | 'writing';

type Counts = Omit<Settlement, 'records'>;

/**
 * Settles what `stageLines` has staged: records and keys are written, refused lines stay in `staged_reject`.
 * `told` hears of each step as it begins, and of the lines as soon as it is known what becomes of them.
 */
export async function settle(
  tx: SqlRunner,
  file: ImportOf,
  told: (step: SettlingStep, counts?: Counts) => void = () => undefined,
): Promise<Settlement> {
  told('matching');
  await tx.sql('analyze staged_line (line_number, subscriber), staged_record (line_number)');
  await nameProducts(tx, file);
  await findServices(tx, file);
  await refuseUnserved(tx);
  told('comparing');
  await takeKeys(tx, file);
  await judgeLosers(tx, file);
  const counts = await countLines(tx);
  told('writing', counts);
  return { ...counts, records: await writeRecords(tx, file) };
}

async function countLines(tx: SqlRunner): Promise<Counts> {
  const [counts] = await tx.sql<Counts>(
    `select count(*) filter (where outcome = 'accepted')::int as accepted,
            count(*) filter (where outcome = 'duplicate')::int as duplicate,
            (select count(*)::int from staged_reject) as rejected
     from settled_line`,
  );
  return counts!;
}

/** Finds the products that the numbers in the file name, each from its day to the day on which the number names another. */
async function nameProducts(tx: SqlRunner, { tenantId }: ImportOf): Promise<void> {
  await tx.sql(
    `insert into named_product (subscriber, valid_from, valid_to, shard, group_id, product_id)
     select identifier, valid_from, least(valid_to, lead(valid_from) over (partition by identifier order by valid_from)),
            shard, group_id, product_id
     from product_identifier
     where tenant_id = $1 and identifier in (select subscriber from staged_line)`,
    [tenantId],
  );
  await tx.sql('analyze named_product');
}

/** Finds the days on which those products are in service, as far as is known now. */
async function findServices(tx: SqlRunner, { tenantId }: ImportOf): Promise<void> {
  await tx.sql(
    `insert into served_product (subscriber, valid_from, valid_to)
     select named.subscriber, greatest(named.valid_from, history.valid_from), least(named.valid_to, history.valid_to)
     from named_product named
     join product_history history
       on history.shard = named.shard and history.tenant_id = $1 and history.product_id = named.product_id
     where history.status = 'active' and history.known_to is null
       and history.valid_from < coalesce(named.valid_to, 'infinity') and coalesce(history.valid_to, 'infinity') > named.valid_from`,
    [tenantId],
  );
  await tx.sql('analyze served_product');
}

/** Refuses lines of which a number names nobody on the day of use, or a product without service on it. */
async function refuseUnserved(tx: SqlRunner): Promise<void> {
  await tx.sql(
    `insert into staged_reject (line_number, code, details)
     select distinct on (line_number) line_number,
            case when product_id is null then 'unknown-subscriber' else 'product-not-active' end,
            jsonb_strip_nulls(jsonb_build_object('subscriber', line.subscriber, 'product', product_id, 'on', started_at::date::text))
     from staged_record record
     join staged_line line using (line_number)
     left join named_product named on ${onTheDay('named')}
     where not exists (select from served_product served where ${onTheDay('served')})
     order by line_number, product_id is not null, number`,
  );
  await tx.sql('analyze staged_reject');
}

/** Whether a row of `products` holds for the number and the day of a record. */
const onTheDay = (products: string): string =>
  `${products}.subscriber = line.subscriber and ${products}.valid_from <= record.started_at::date
   and (${products}.valid_to is null or ${products}.valid_to > record.started_at::date)`;

/**
 * Takes the keys of the lines not yet refused, the first line of a key first; lines whose key was taken here are accepted.
 * In order of shard and key: two imports that share keys wait for one another, and never in a circle.
 */
async function takeKeys(tx: SqlRunner, { tenantId, fileId }: ImportOf): Promise<void> {
  await tx.sql(
    `with taken as (
       insert into usage_key (tenant_id, shard, line_key, payload, file_id, line_number)
       select $1, key_shard, line_key, payload, $2, line_number
       from (
         select distinct on (key_shard, line_key) key_shard, line_key, payload, line_number from staged_line line
         where not exists (select from staged_reject where line_number = line.line_number)
         order by key_shard, line_key, line_number
       ) first_of_key
       order by key_shard, line_key
       on conflict do nothing
       returning line_number
     )
     insert into settled_line (line_number, outcome) select line_number, 'accepted' from taken`,
    [tenantId, fileId],
  );
  await tx.sql('analyze settled_line');
}

/** A line whose key was taken before is a duplicate when it says the same, refused when it says something else. */
async function judgeLosers(tx: SqlRunner, { tenantId, fileName }: ImportOf): Promise<void> {
  const [lost] = await tx.sql<{ any: boolean }>(
    `with lost as (
       insert into losing_line (line_number, key_shard, line_key, payload)
       select line_number, key_shard, line_key, payload from staged_line line
       where not exists (select from staged_reject where line_number = line.line_number)
         and not exists (select from settled_line where line_number = line.line_number)
       returning 1
     )
     select count(*) > 0 as any from lost`,
  );
  if (!lost!.any) return;
  await tx.sql('analyze losing_line');
  await tx.sql(
    `insert into settled_line (line_number, outcome, earlier_file, earlier_line)
     select line.line_number, case when earlier.payload = line.payload then 'duplicate' else 'conflict' end,
            coalesce(file.name, $2), earlier.line_number
     from losing_line line
     join usage_key earlier
       on earlier.shard = line.key_shard and earlier.tenant_id = $1 and earlier.line_key = line.line_key
     left join usage_file file on file.tenant_id = $1 and file.id = earlier.file_id`,
    [tenantId, fileName],
  );
  await tx.sql(
    `insert into staged_reject (line_number, code, details)
     select line_number, 'usage-conflict', jsonb_build_object('file', earlier_file, 'line', earlier_line::text)
     from settled_line where outcome = 'conflict'`,
  );
}

/** Writes the records of accepted lines under one knowledge number, drawn while their shards are held. */
async function writeRecords(tx: SqlRunner, { tenantId, fileId }: ImportOf): Promise<number> {
  const shards = await tx.sql<{ shard: number }>('select distinct shard from named_product');
  const knownFrom = await holdBillingFacts(
    tx,
    tenantId,
    shards.map(({ shard }) => shard),
  );
  const [written] = await tx.sql<{ count: number }>(
    `with written as (
       insert into usage_record
         (tenant_id, shard, event_key, group_id, product_id, meter, started_at, quantity, attributes, file_id, line_number, known_from)
       select $1, named.shard, line.line_key || '.' || record.number, named.group_id, named.product_id, record.meter,
              record.started_at, record.quantity, record.attributes, $2, record.line_number, $3
       from staged_record record
       join staged_line line using (line_number)
       join settled_line settled using (line_number)
       join named_product named on ${onTheDay('named')}
       where settled.outcome = 'accepted'
       order by 2, 3
       returning 1
     )
     select count(*)::int as count from written`,
    [tenantId, fileId, knownFrom],
  );
  return written!.count;
}
