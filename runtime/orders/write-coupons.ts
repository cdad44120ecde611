/**
 * How do coupon codes come into the tables?
 * As random ones that are told once, or as a list from elsewhere. Also called: code generation, クーポンコードの発行・取り込み.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { spelledCoupon } from '#engine/discounts/grant-limits.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { RecordingTx } from '#runtime/db/scope.ts';
import { couponHash } from '#runtime/orders/coupons.ts';
import { Refusal } from '#runtime/services/refusal.ts';

/** Without those that are taken for each other: 0 and O, 1, I and L. */
const letters = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** 'K7QD-29XM-4TRB': one of 31^12, so that nobody guesses one. */
export const randomCode = (): string =>
  Array.from({ length: GROUPS }, () =>
    Array.from({ length: GROUP_LENGTH }, () => letters[randomInt(letters.length)]).join(''),
  ).join('-');

export const MOST_CODES = 10_000;
const SHORTEST_CODE = 8;
const LONGEST_CODE = 64;

/** The codes of a list, one a line or the first column of a CSV, each once. Refused with `coupon-not-a-code` and the line. */
export function codesIn(text: string): string[] {
  const codes = new Map<string, string>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const said = (line.split(',')[0] ?? '').replaceAll('"', '').trim();
    if (said === '') continue;
    const { length } = spelledCoupon(said);
    if (length < SHORTEST_CODE || length > LONGEST_CODE || !/^[\p{L}\p{N}\s‐‑–—ー-]+$/u.test(said))
      throw new Refusal('coupon-not-a-code', { line: index + 1, shortest: SHORTEST_CODE, longest: LONGEST_CODE }, 422);
    codes.set(spelledCoupon(said), said);
  }
  return [...codes.values()];
}

type Batch = { readonly origin: 'made' | 'imported'; readonly note: string | null };

/** How many of the codes are new. Those that the campaign has already stay as they are; a batch without a new one is not written. */
export async function writeCodes(
  tx: RecordingTx,
  { tenantId, personId }: Actor,
  campaign: string,
  codes: readonly string[],
  { origin, note }: Batch,
): Promise<{ readonly batch: string; readonly added: number }> {
  const batch = randomUUID();
  const hashes = codes.map((code) => couponHash(tenantId, campaign, code));
  // Two lists at once: the second waits, and knows then what the first has brought.
  await tx.sql(`select pg_advisory_xact_lock(hashtextextended('coupons/' || $1 || '/' || $2, 0))`, [
    String(tenantId),
    campaign,
  ]);
  const known = new Set(
    (
      await tx.sql<{ sha256: string }>(
        'select sha256 from coupon_code where tenant_id = $1 and campaign = $2 and sha256 = any($3)',
        [tenantId, campaign, hashes],
      )
    ).map(({ sha256 }) => sha256),
  );
  const fresh = hashes.filter((hash) => !known.has(hash));
  if (fresh.length === 0) throw new Refusal('coupons-known', { codes: codes.length });
  await tx.sql(
    `insert into coupon_batch (tenant_id, id, campaign, origin, note, codes, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tenantId, batch, campaign, origin, note, fresh.length, personId, tx.clock.now().toISOString()],
  );
  await tx.sql(
    `insert into coupon_code (tenant_id, campaign, sha256, batch_id) select $1, $2, code, $3 from unnest($4::text[]) code`,
    [tenantId, campaign, batch, fresh],
  );
  return { batch, added: fresh.length };
}
