/**
 * What happens when readings arrive twice, late, and wrong? Three files of kanade-machines, month after month: duplicates
 * count once, what came late and what was put right is billed as the difference to the closed month.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, BilledMonth, Bill, BillingState, Usage } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { billAloud } from '#engine/explain/aloud/bill-aloud.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { lineMapper } from '#runtime/usage/map-line.ts';
import { words } from '#schemas/messages/render.ts';
import { goldenText, withoutComments } from './golden-text.ts';
import { rulesetsOf } from './shipped.ts';
import { faults, unspoken } from './spoken.ts';

const release = prepareRelease(rulesetsOf('kanade-machines'));

/** The usage of the files, in order; a line that has been there before is left out. */
function readings(...months: readonly string[]): Usage[] {
  const format = release.inForce('fileFormat', 'device-readings', '2026-11-01');
  if (format === undefined) throw new Error('the format of the readings is gone');
  const known = new Map<string, Usage>();
  for (const month of months) {
    const file = new URL(`../../rulesets/kanade-machines/readings-${month}.csv`, import.meta.url);
    const [heading = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    const read = lineMapper(format.id, format.body, heading.split(','), null);
    for (const line of lines) {
      const mapped = read(line.split(','));
      if (mapped.reject !== undefined) throw new Error(`${line}: ${mapped.reject.code}`);
      const { key, subscriber, records } = mapped;
      for (const { meter, startedAt, quantity } of records) {
        known.set(key, { id: key, product: subscriber, meter, startedAt, quantity });
      }
    }
  }
  return [...known.values()];
}

/** The reading of device D-02 on 10 November was 38, not 380. */
const putRight = (usage: readonly Usage[]): Usage[] =>
  usage.map((use) => (use.quantity === '380' ? { ...use, quantity: '38' } : use));

const fleet = (month: string, usage: Usage[], more: Partial<AccountDocument> = {}): AccountDocument => ({
  customer: { id: 'C-1', type: 'corporate' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: [
    {
      id: 'P-1',
      account: 'A-1',
      offering: 'metered-device',
      event: 'new',
      appliedOn: '2026-10-01',
      startsOn: '2026-10-01',
      endsOn: null,
      quantity: '12',
    },
  ],
  usage,
  periods: { first: month, last: month },
  ...more,
});

/** November as it was known, December with November looked at again, January with both. */
function threeMonths(): readonly Bill[] {
  const known: { month: string; usage: Usage[] }[] = [
    { month: '2026-11', usage: readings('november') },
    { month: '2026-12', usage: readings('november', 'december') },
    { month: '2027-01', usage: putRight(readings('november', 'december', 'january')) },
  ];
  const bills: Bill[] = [];
  const billed: BilledMonth[] = [];
  let state: BillingState | null = null;
  for (const { month, usage } of known) {
    const looked = billed.length === 0 || state === null ? {} : { previousState: state, billed: [...billed] };
    const result = bill(fleet(month, usage, looked), release);
    billed.push({ month, bills: result.bills, stateBefore: state });
    bills.push(...result.bills);
    state = result.nextState;
  }
  return bills;
}

describe('readings that arrive twice, late and wrong', () => {
  it('count once each: four lines of November are three readings', () => {
    expect(readings('november').map(({ quantity }) => quantity)).toEqual(['400', '380', '200']);
    expect(readings('november', 'december')).toHaveLength(5);
  });

  it('are read out as corrections, month by month', () => {
    const document = fleet('2026-11', []);
    const bills = threeMonths();
    const read = bills.flatMap((made) =>
      billAloud(made, document, release).lines.map(({ aloud }, index) => ({ aloud, line: made.lines[index]! })),
    );
    expect(read.flatMap(({ aloud, line }) => unspoken(aloud, line.amount, [line.charge, line.ruleset]))).toEqual([]);
    const corrections = read.filter(({ line }) => line.why.code === 'line.correction');
    expect(corrections.map(({ aloud }) => words('ja').render(aloud.code, aloud.values))).toContain(
      '従量料金の見直しです。11月の分を計算し直したところ、26,803円ではなく34,187円でしたので、その差額で、7,384円になります。',
    );
    // In January, a year on.
    expect(corrections.map(({ aloud }) => words('en').render(aloud.code, aloud.values))).toContain(
      'This is a correction of the metered use. Worked out again, November 2026 comes to 24,833 yen instead of 34,187 yen, and for the difference that is 9,354 yen off.',
    );
  });

  it('are billed and put right as a person worked it out', () => {
    const golden = readFileSync(new URL('golden/machines-corrected.txt', import.meta.url), 'utf8');
    expect(goldenText(fleet('2026-11', []), threeMonths())).toBe(withoutComments(golden));
  });

  it('say of every line, corrections too, why it is what it is', () => {
    const lines = threeMonths().flatMap((one) => one.lines);
    expect(lines.map(({ why }) => why.code)).toContain('line.correction');
    expect([...new Set(lines.flatMap(({ why }) => faults(why)))]).toEqual([]);
  });

  it('come to what the months would have been, had all been known', () => {
    const all = putRight(readings('november', 'december', 'january'));
    const known = bill(fleet('2026-11', all, { periods: { first: '2026-11', last: '2027-01' } }), release).bills;
    const net = (bills: readonly Bill[]) => bills.reduce((sum, one) => sum + BigInt(one.net), 0n);
    expect(net(threeMonths())).toBe(net(known));
  });
});
