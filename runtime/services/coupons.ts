/**
 * Make or import the single-use codes of a campaign.
 * Codes are told when they are made, once; only their SHA-256 is kept. Also called: coupon codes, voucher generation, クーポンコードの発行・取り込み.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { record } from '#runtime/audit/audit.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import { campaignIn } from '#runtime/orders/campaign-in-release.ts';
import { codesIn, MOST_CODES, randomCode, writeCodes } from '#runtime/orders/write-coupons.ts';
import { Refusal } from '#runtime/services/refusal.ts';

type ToMake = { readonly campaign: string; readonly count: number; readonly note?: string };

/** So many new codes. Refused with `campaign-unknown`, `coupon-not-single` and `coupon-count`. */
export async function makeCoupons(
  app: App,
  actor: Actor,
  { campaign, count, note }: ToMake,
): Promise<{ readonly batch: string; readonly codes: readonly string[] }> {
  authorize(actor, 'coupon.write');
  if (!Number.isInteger(count) || count < 1 || count > MOST_CODES)
    throw new Refusal('coupon-count', { most: MOST_CODES }, 422);
  return withScope(app, actor, async (tx) => {
    await assertSingleUse(app, tx, actor, campaign);
    const made = new Set<string>();
    while (made.size < count) made.add(randomCode());
    const codes = [...made];
    const { batch, added } = await writeCodes(tx, actor, campaign, codes, { origin: 'made', note: notedAs(note) });
    if (added !== count) throw new Error('a new code is one that nobody has');
    const details = { ruleset: `campaign/${campaign}`, batch, codes: count, note: notedAs(note) ?? '' };
    await record(tx, actor, { action: 'coupon.made', object: `campaign/${campaign}`, details });
    return { batch, codes };
  });
}

type ToImport = { readonly campaign: string; readonly text: string; readonly note?: string };

/**
 * Codes from elsewhere, one a line or the first column of a CSV. Refused with `campaign-unknown`, `coupon-not-single`, `coupon-count`,
 * `coupon-not-a-code`, and `coupons-known` when none of them is new.
 */
export async function importCoupons(
  app: App,
  actor: Actor,
  { campaign, text, note }: ToImport,
): Promise<{ readonly batch: string; readonly added: number; readonly known: number }> {
  authorize(actor, 'coupon.write');
  const codes = codesIn(text);
  if (codes.length === 0 || codes.length > MOST_CODES) throw new Refusal('coupon-count', { most: MOST_CODES }, 422);
  return withScope(app, actor, async (tx) => {
    await assertSingleUse(app, tx, actor, campaign);
    const { batch, added } = await writeCodes(tx, actor, campaign, codes, { origin: 'imported', note: notedAs(note) });
    const details = { ruleset: `campaign/${campaign}`, batch, codes: added, note: notedAs(note) ?? '' };
    await record(tx, actor, { action: 'coupon.imported', object: `campaign/${campaign}`, details });
    return { batch, added, known: codes.length - added };
  });
}

async function assertSingleUse(app: App, tx: ScopedTx, actor: Actor, campaign: string): Promise<void> {
  const { release } = await keptRelease(app, tx, actor.tenantId);
  const { body } = campaignIn(release, campaign, await todayOf(app, tx));
  if (body.coupon?.use !== 'single') throw new Refusal('coupon-not-single', { campaign });
}

const LONGEST_NOTE = 200;

function notedAs(note: string | undefined): string | null {
  const said = (note ?? '').trim().slice(0, LONGEST_NOTE);
  return said === '' ? null : said;
}
