/**
 * Which of the staged lines are accepted, which came before, and which are refused?
 * Set-wise: subscribers are found, keys taken and records written by a few statements a shard, whatever the size of the file.
 * Also called: deduplication, validation, 重複排除, 突合, 名寄せ.
 */
import { holdBillingFacts } from '#runtime/cycles/cut-off.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';

export type ImportOf = { readonly tenantId: number; readonly fileId: string; readonly fileName: string };

export type Settlement = { readonly accepted: number; readonly duplicate: number; readonly rejected: number; readonly records: number };

/** Settles what `stageLines` has staged: records and keys are written, refused lines stay in `staged_reject`. */
export async function settle(tx: SqlRunner, file: ImportOf): Promise<Settlement> {
  await placeRecords(tx, file);
  const shards = await shardsOf(tx, `select distinct shard from placed_record where shard is not null order by shard`);
  for (const shard of shards) await refuseInactive(tx, file, shard);
  const keyShards = await shardsOf(tx, `select distinct key_shard as shard from staged_line order by 1`);
  for (const shard of keyShards) await takeKeys(tx, file, shard);
  await refuseConflicts(tx);
  const records = await writeRecords(tx, file);
  const [counts] = await tx.sql<Omit<Settlement, 'records'>>(
    `select count(*) filter (where outcome = 'accepted')::int as accepted,
            count(*) filter (where outcome = 'duplicate')::int as duplicate,
            (select count(*)::int from staged_reject) as rejected
     from settled_line`,
  );
  return { ...counts!, records };
}

/** Finds the product that each record's subscriber number names on the day of use; refuses lines with none. */
async function placeRecords(tx: SqlRunner, { tenantId }: ImportOf): Promise<void> {
  await tx.sql('create index on staged_line (line_number)');
  await tx.sql('create index on staged_line (key_shard)');
  await tx.sql('analyze staged_line');
  await tx.sql(
    `create temporary table placed_record on commit drop as
     select record.*, line.line_key, named.shard, named.group_id, named.product_id
     from staged_record record
     join staged_line line using (line_number)
     left join lateral (
       select shard, group_id, product_id from product_identifier
       where tenant_id = ${tenantId} and identifier = line.subscriber
         and valid_from <= record.started_at::date and (valid_to is null or valid_to > record.started_at::date)
       order by valid_from desc limit 1
     ) named on true`,
  );
  await tx.sql('create index on placed_record (shard)');
  await tx.sql('analyze placed_record');
  await tx.sql(
    `insert into staged_reject (line_number, raw, code, details)
     select distinct on (line_number) line_number, line.raw, 'unknown-subscriber',
            jsonb_build_object('subscriber', line.subscriber, 'on', record.started_at::date::text)
     from placed_record record join staged_line line using (line_number)
     where record.shard is null
     order by line_number, record.number
     on conflict do nothing`,
  );
}

/** Refuses lines whose product has no service on the day of use, as far as is known now. */
async function refuseInactive(tx: SqlRunner, { tenantId }: ImportOf, shard: number): Promise<void> {
  await tx.sql(
    `insert into staged_reject (line_number, raw, code, details)
     select distinct on (line_number) line_number, line.raw, 'product-not-active',
            jsonb_build_object('subscriber', line.subscriber, 'product', record.product_id, 'on', record.started_at::date::text)
     from placed_record record join staged_line line using (line_number)
     where record.shard = $1 and not exists (
       select from product_history history
       where history.shard = $1 and history.tenant_id = $2 and history.product_id = record.product_id
         and history.status = 'active' and history.known_to is null
         and history.valid_from <= record.started_at::date
         and (history.valid_to is null or history.valid_to > record.started_at::date)
     )
     order by line_number, record.number
     on conflict do nothing`,
    [shard, tenantId],
  );
}

/**
 * Takes the keys of the lines not yet refused, the first line of a key first, and notes how each line fared.
 * In order of shard and key: two imports that share keys wait for one another, and never in a circle.
 */
async function takeKeys(tx: SqlRunner, { tenantId, fileId, fileName }: ImportOf, shard: number): Promise<void> {
  await tx.sql(
    `insert into usage_key (tenant_id, shard, line_key, payload, file_id, line_number)
     select $2, $1, line_key, payload, $3, line_number
     from (
       select distinct on (line_key) line_key, payload, line_number from staged_line line
       where key_shard = $1 and not exists (select from staged_reject where line_number = line.line_number)
       order by line_key, line_number
     ) first_of_key
     order by line_key
     on conflict do nothing`,
    [shard, tenantId, fileId],
  );
  await tx.sql(
    `insert into settled_line (line_number, outcome, earlier_file, earlier_line)
     select line.line_number,
            case when taken.file_id = $3 and taken.line_number = line.line_number then 'accepted'
                 when taken.payload = line.payload then 'duplicate'
                 else 'conflict' end,
            coalesce(file.name, $4), taken.line_number
     from staged_line line
     join usage_key taken on taken.shard = $1 and taken.tenant_id = $2 and taken.line_key = line.line_key
     left join usage_file file on file.tenant_id = $2 and file.id = taken.file_id
     where line.key_shard = $1 and not exists (select from staged_reject where line_number = line.line_number)`,
    [shard, tenantId, fileId, fileName],
  );
}

async function refuseConflicts(tx: SqlRunner): Promise<void> {
  await tx.sql(
    `insert into staged_reject (line_number, raw, code, details)
     select line_number, line.raw, 'usage-conflict', jsonb_build_object('file', earlier_file, 'line', earlier_line::text)
     from settled_line join staged_line line using (line_number)
     where outcome = 'conflict'`,
  );
}

/** Writes the records of accepted lines under one knowledge number, drawn while their shards are held. */
async function writeRecords(tx: SqlRunner, { tenantId, fileId }: ImportOf): Promise<number> {
  const accepted = `placed_record record join settled_line settled on settled.line_number = record.line_number and settled.outcome = 'accepted'`;
  const shards = await shardsOf(tx, `select distinct shard from ${accepted} order by shard`);
  const knownFrom = await holdBillingFacts(tx, tenantId, shards);
  let written = 0;
  for (const shard of shards) {
    const [{ count } = { count: 0 }] = await tx.sql<{ count: number }>(
      `with written as (
         insert into usage_record
           (tenant_id, shard, event_key, group_id, product_id, meter, started_at, quantity, attributes, file_id, line_number, known_from)
         select $2, $1, record.line_key || '.' || record.number, group_id, product_id, meter, started_at, quantity, attributes,
                $3, record.line_number, $4
         from ${accepted}
         where record.shard = $1
         order by record.line_key, record.number
         returning 1
       )
       select count(*)::int as count from written`,
      [shard, tenantId, fileId, knownFrom],
    );
    written += count;
  }
  return written;
}

async function shardsOf(tx: SqlRunner, text: string): Promise<number[]> {
  const rows = await tx.sql<{ shard: number }>(text);
  return rows.map(({ shard }) => shard);
}
