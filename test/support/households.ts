/** Who are the customers whose months tests look at? Few, and each for a reason. */
import { closeCycle } from '#runtime/services/close-cycle.ts';
import type { App } from '#runtime/app.ts';
import type { DemoCustomer, DemoProduct, DemoStretch } from '#runtime/demo/population.ts';
import { openCycle } from '#runtime/services/open-cycle.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';
import { subscriber } from './operators.ts';
import type { People } from './people.ts';

/** The day of these tests: noon of 25 November 2026 in Tokyo. */
export const TODAY = new Date('2026-11-25T03:00:00Z');

type More = Partial<Omit<DemoProduct, 'id' | 'history'>>;

function holding(
  id: string,
  held: Partial<DemoStretch> | readonly Partial<DemoStretch>[],
  more: More = {},
): DemoProduct {
  const [product] = subscriber('0', held).products;
  return { ...product!, id, identifier: null, ...more };
}

function customer(number: string, name: string, kana: string, products: readonly DemoProduct[]): DemoCustomer {
  const from = products.map(({ history }) => history[0]!.from).sort()[0]!;
  const plain = subscriber(number);
  return { ...plain, name, kana, addresses: plain.addresses.map((address) => ({ ...address, from })), products };
}

/**
 * - 000001 holds Smartphone M under a two-year term since February, internet since September: the set is complete.
 * - 000002 left the two-year term on 31 October, after seven months.
 * - 000003 moved from Smartphone S, still at its first price, to Smartphone L on 1 November.
 * - 000004 signed up on 1 November.
 * - 000005 has held a data SIM since April, and nothing happens.
 */
export const households: readonly DemoCustomer[] = [
  customer('000001', '高橋 花子', 'タカハシ ハナコ', [
    holding('P-1-1', { from: '2026-02-01', offering: 'smartphone-m-two-year' }, { identifier: '07012340001' }),
    holding('P-1-2', { from: '2026-09-01', offering: 'home-internet' }),
  ]),
  customer('000002', '鈴木 一郎', 'スズキ イチロウ', [
    holding('P-2-1', {
      from: '2026-04-01',
      to: '2026-11-01',
      offering: 'smartphone-m-two-year',
      endReason: 'customer-request',
    }),
  ]),
  customer('000003', '佐藤 美咲', 'サトウ ミサキ', [
    holding('P-3-1', [
      { from: '2025-06-01', to: '2026-11-01', offering: 'smartphone-s', ratePlanVersion: 1, boundBy: 'grandfather' },
      { from: '2026-11-01', offering: 'smartphone-l' },
    ]),
  ]),
  customer('000004', '田中 実', 'タナカ ミノル', [holding('P-4-1', { from: '2026-11-01', offering: 'smartphone-m' })]),
  customer('000005', '伊藤 恵', 'イトウ メグミ', [holding('P-5-1', { from: '2026-04-01', offering: 'data-sim' })]),
];

/** Opens and runs a month of the demo carrier, and leaves it as a trial. */
export async function tried(app: App, people: People, month: string): Promise<string> {
  const { cycleId } = await openCycle(app, people.operator, {
    legalEntity: 'kanade-mobile',
    billingCycle: 'month-end',
    month,
  });
  await (
    await runCycle(app, people.operator, { cycleId, workers: 1 })
  ).finished;
  return cycleId;
}

/** Bills a month for good. */
export async function billed(app: App, people: People, month: string): Promise<string> {
  const cycleId = await tried(app, people, month);
  await closeCycle(app, people.billingManager, { cycleId });
  return cycleId;
}
