/**
 * Which of the staged lines are accepted, which came before, and which are refused?
 * Set-wise, in steps that each leave a table to the next: whatever the size of the file, a few statements a shard and a few in all.
 * Also called: deduplication, validation, 重複排除, 突合, 名寄せ.
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

/** Settles what `stageLines` has staged: records and keys are written, refused lines stay in `staged_reject`. */
export async function settle(tx: SqlRunner, file: ImportOf): Promise<Settlement> {
  await placeRecords(tx, file);
  await refuseUnknown(tx);
  await refuseInactive(tx, file);
  await takeKeys(tx, file);
  await judgeLosers(tx, file);
  const records = await writeRecords(tx, file);
  const [counts] = await tx.sql<Omit<Settlement, 'records'>>(
    `select count(*) filter (where outcome = 'accepted')::int as accepted,
            count(*) filter (where outcome = 'duplicate')::int as duplicate,
            (select count(*)::int from staged_reject) as rejected
     from settled_line`,
  );
  return { ...counts!, records };
}

/** Finds the product that each record's subscriber number names on the day of use. */
async function placeRecords(tx: SqlRunner, { tenantId }: ImportOf): Promise<void> {
  await tx.sql('analyze staged_line');
  await derive(
    tx,
    'placed_record',
    `select record.*, line.line_key, line.subscriber, named.shard, named.group_id, named.product_id
     from staged_record record
     join staged_line line using (line_number)
     left join lateral (
       select shard, group_id, product_id from product_identifier
       where tenant_id = ${tenantId} and identifier = line.subscriber
         and valid_from <= record.started_at::date and (valid_to is null or valid_to > record.started_at::date)
       order by valid_from desc limit 1
     ) named on true`,
    'shard',
  );
}

async function refuseUnknown(tx: SqlRunner): Promise<void> {
  await tx.sql(
    `insert into staged_reject (line_number, code, details)
     select distinct on (line_number) line_number, 'unknown-subscriber',
            jsonb_build_object('subscriber', subscriber, 'on', started_at::date::text)
     from placed_record where shard is null
     order by line_number, number`,
  );
}

/** Refuses lines whose product has no service on the day of use, as far as is known now. */
async function refuseInactive(tx: SqlRunner, { tenantId }: ImportOf): Promise<void> {
  for (const shard of await shardsIn(tx, 'placed_record')) {
    await tx.sql(
      `insert into staged_reject (line_number, code, details)
       select distinct on (line_number) line_number, 'product-not-active',
              jsonb_build_object('subscriber', subscriber, 'product', product_id, 'on', started_at::date::text)
       from placed_record record
       where shard = $1 and not exists (
         select from product_history history
         where history.shard = $1 and history.tenant_id = $2 and history.product_id = record.product_id
           and history.status = 'active' and history.known_to is null
           and history.valid_from <= record.started_at::date
           and (history.valid_to is null or history.valid_to > record.started_at::date)
       )
       order by line_number, number
       on conflict do nothing`,
      [shard, tenantId],
    );
  }
  await tx.sql('analyze staged_reject');
}

/**
 * Takes the keys of the lines not yet refused, the first line of a key first; lines whose key was taken here are accepted.
 * In order of shard and key: two imports that share keys wait for one another, and never in a circle.
 */
async function takeKeys(tx: SqlRunner, { tenantId, fileId }: ImportOf): Promise<void> {
  await derive(
    tx,
    'candidate_line',
    `select line_number, key_shard as shard, line_key, payload from staged_line line
     where not exists (select from staged_reject where line_number = line.line_number)`,
    'shard',
  );
  for (const shard of await shardsIn(tx, 'candidate_line')) {
    await tx.sql(
      `with taken as (
         insert into usage_key (tenant_id, shard, line_key, payload, file_id, line_number)
         select $2, $1, line_key, payload, $3, line_number
         from (
           select distinct on (line_key) line_key, payload, line_number from candidate_line
           where shard = $1 order by line_key, line_number
         ) first_of_key
         order by line_key
         on conflict do nothing
         returning line_number
       )
       insert into settled_line (line_number, outcome) select line_number, 'accepted' from taken`,
      [shard, tenantId, fileId],
    );
  }
  await tx.sql('analyze settled_line');
}

/** A line whose key was taken before is a duplicate when it says the same, refused when it says something else. */
async function judgeLosers(tx: SqlRunner, { tenantId, fileName }: ImportOf): Promise<void> {
  await derive(
    tx,
    'losing_line',
    `select * from candidate_line line where not exists (select from settled_line where line_number = line.line_number)`,
    'shard',
  );
  for (const shard of await shardsIn(tx, 'losing_line')) {
    await tx.sql(
      `insert into settled_line (line_number, outcome, earlier_file, earlier_line)
       select line.line_number, case when earlier.payload = line.payload then 'duplicate' else 'conflict' end,
              coalesce(file.name, $3), earlier.line_number
       from losing_line line
       join usage_key earlier on earlier.shard = $1 and earlier.tenant_id = $2 and earlier.line_key = line.line_key
       left join usage_file file on file.tenant_id = $2 and file.id = earlier.file_id
       where line.shard = $1`,
      [shard, tenantId, fileName],
    );
  }
  await tx.sql(
    `insert into staged_reject (line_number, code, details)
     select line_number, 'usage-conflict', jsonb_build_object('file', earlier_file, 'line', earlier_line::text)
     from settled_line where outcome = 'conflict'`,
  );
}

/** Writes the records of accepted lines under one knowledge number, drawn while their shards are held. */
async function writeRecords(tx: SqlRunner, { tenantId, fileId }: ImportOf): Promise<number> {
  await derive(
    tx,
    'accepted_record',
    `select record.*, record.line_key || '.' || record.number as event_key
     from placed_record record join settled_line settled using (line_number) where settled.outcome = 'accepted'`,
    'shard',
  );
  const shards = await shardsIn(tx, 'accepted_record');
  const knownFrom = await holdBillingFacts(tx, tenantId, shards);
  let written = 0;
  for (const shard of shards) {
    const [{ count } = { count: 0 }] = await tx.sql<{ count: number }>(
      `with written as (
         insert into usage_record
           (tenant_id, shard, event_key, group_id, product_id, meter, started_at, quantity, attributes, file_id, line_number, known_from)
         select $2, $1, event_key, group_id, product_id, meter, started_at, quantity, attributes, $3, line_number, $4
         from accepted_record where shard = $1 order by event_key
         returning 1
       )
       select count(*)::int as count from written`,
      [shard, tenantId, fileId, knownFrom],
    );
    written += count;
  }
  return written;
}

/** Makes a table of the transaction's own from a query, ready to be read by one of its columns. */
async function derive(tx: SqlRunner, table: string, query: string, by: string): Promise<void> {
  await tx.sql(`create temporary table ${table} on commit drop as ${query}`);
  await tx.sql(`create index on ${table} (${by})`);
  await tx.sql(`analyze ${table}`);
}

async function shardsIn(tx: SqlRunner, table: string): Promise<number[]> {
  const rows = await tx.sql<{ shard: number }>(
    `select distinct shard from ${table} where shard is not null order by shard`,
  );
  return rows.map(({ shard }) => shard);
}
