/**
 * How many typical accounts are billed in a second, against the same month written out by hand?
 * Smartphone M in the third contract year (5 % off), 80 calls, 10 messages, 30 data sessions in May 2026.
 */
import { bill } from '#engine/billing/bill.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { AccountDocument, Ruleset, Usage } from '#schemas/generated/types.ts';
import { globSync, readFileSync } from 'node:fs';
import type { Contest } from './measure.ts';

const shipped = new URL('../../rulesets/kanade-mobile/', import.meta.url);
const ACCOUNTS = 200;

export function billContest(): Contest {
  const release = prepareRelease(
    globSync('*/*/v*.json', { cwd: shipped }).map(
      (file) => JSON.parse(readFileSync(new URL(file, shipped), 'utf8')) as Ruleset,
    ),
  );
  const documents = Array.from({ length: ACCOUNTS }, (_, index) => accountDocument(index));
  return {
    name: 'bill',
    unit: 'bills/s',
    size: ACCOUNTS,
    product: () => sumOf(documents.map((document) => BigInt(bill(document, release).bills[0]?.total ?? 'none'))),
    reference: () => sumOf(documents.map((document) => BigInt(totalByHand(document.usage ?? [])))),
  };
}

const sumOf = (totals: readonly bigint[]): string => totals.reduce((sum, total) => sum + total, 0n).toString();

function accountDocument(index: number): AccountDocument {
  const next = random(index + 1);
  const usage = Array.from({ length: 120 }, (_, number): Usage => {
    const startedAt = `2026-05-${two(1 + Math.floor(next() * 31))}T${two(Math.floor(next() * 24))}:${two(Math.floor(next() * 60))}:00`;
    const common = { id: `U-${String(number)}`, product: 'P-1', startedAt };
    if (number >= 90)
      return { ...common, meter: 'data.kilobytes', quantity: String(1 + Math.floor(next() * 2_000_000)) };
    if (number >= 80) return { ...common, meter: 'sms.messages', quantity: '1' };
    const destination = ['fixed', 'mobile', 'mobile', 'navi-dial', 'international'][Math.floor(next() * 5)] ?? 'mobile';
    return {
      ...common,
      meter: 'voice.seconds',
      quantity: String(1 + Math.floor(next() * 900)),
      attributes: { destination },
    };
  });
  return {
    customer: { id: `C-${String(index)}`, type: 'individual' },
    accounts: [{ id: `A-${String(index)}`, billingCycle: 'month-end' }],
    products: [
      {
        id: 'P-1',
        account: `A-${String(index)}`,
        offering: 'smartphone-m',
        event: 'new',
        appliedOn: '2024-04-10',
        startsOn: '2024-04-15',
        endsOn: null,
      },
    ],
    usage,
    periods: { first: '2026-05', last: '2026-05' },
  };
}

/** The month in yen with tax: what somebody would write who knew this plan and nothing else. */
function totalByHand(usage: readonly Usage[]): number {
  let standard = 4200 - Math.floor(4200 * 0.05);
  let international = 0;
  let kilobytes = 0;
  for (const { meter, quantity, attributes } of usage) {
    const amount = Number(quantity);
    if (meter === 'sms.messages') standard += 3 * amount;
    else if (meter === 'data.kilobytes') kilobytes += amount;
    else if (attributes?.['destination'] === 'international') international += 60 * Math.ceil(amount / 30);
    else if (attributes?.['destination'] === 'navi-dial') standard += 20 * Math.ceil(amount / 30);
    else standard += 20 * Math.ceil(Math.max(0, amount - 300) / 30);
  }
  const gigabytes = Math.ceil(kilobytes / 1_000_000);
  standard += Math.min(3000, 200 * Math.max(0, Math.min(gigabytes, 30) - 20) + 100 * Math.max(0, gigabytes - 30));
  return standard + Math.floor(standard / 10) + international;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** xorshift32 in [0, 1). */
function random(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
