/** An operator with a customer on the telephone finds them by whatever they say first (顧客検索). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { Actor } from '#runtime/access/actor.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import { searchable } from '#runtime/customers/searchable.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { DemoCustomer } from '#runtime/demo/population.ts';
import { listCustomers, type ListCustomers } from '#runtime/services/list-customers.ts';
import { testApp, type TestApp } from '../../support/database.ts';
import { mobileOperator, subscriber } from '../../support/operators.ts';
import type { People } from '../../support/people.ts';

const named = (number: string, name: string, kana: string, more: Partial<DemoCustomer> = {}): DemoCustomer => ({
  ...subscriber(number),
  name,
  kana,
  ...more,
});
const leaving = { to: '2026-09-01', endReason: 'customer-request' };

let app: TestApp;
let people: People;
beforeAll(async () => {
  app = await testApp({ clock: clockOf(() => new Date('2026-11-25T03:00:00Z')) });
  people = await mobileOperator(app, [
    named('000123', '高橋 花子', 'タカハシ ハナコ', { products: subscriber('00000123').products }),
    named('000124', '高橋 一郎', 'タカハシ イチロウ', {
      products: subscriber('00000124', { offering: 'smartphone-m', ...leaving }).products,
    }),
    named('001230', '株式会社カナデ商事', 'カブシキガイシャカナデショウジ', {
      type: 'corporate',
      products: subscriber('00001230', { offering: 'smartphone-l' }).products,
    }),
    named('000200', '花村 次郎', 'ハナムラ ジロウ', {
      products: subscriber('00000200', [
        { offering: 'smartphone-s', to: '2026-11-01' },
        { from: '2026-11-01', offering: 'smartphone-s', status: 'suspended' },
      ]).products,
    }),
    named('000300', '明日 見', 'アスミ ル', { products: subscriber('00000300', { from: '2026-12-01' }).products }),
  ]);
});
afterAll(() => app.close());

const found = async (input: ListCustomers, actor: Actor = people.operator): Promise<string[]> =>
  (await listCustomers(app, actor, input)).rows.map(({ id }) => id);

describe('a customer is found', () => {
  it.each([
    ['高橋', ['C-000124', 'C-000123'], 'family name, in order of kana'],
    ['花子', ['C-000123'], 'given name'],
    ['高橋花子', ['C-000123'], 'name without its space'],
    ['たかはし　はな', ['C-000123'], 'the beginning of each kana, as hiragana with a wide space'],
    ['ﾀｶﾊｼｲﾁ', ['C-000124'], 'half-width kana without a space'],
    ['Ｃ－000123', ['C-000123'], 'number typed in wide letters'],
    ['c-000123', ['C-000123'], 'number in small letters'],
    ['123', ['C-001230', 'C-000123'], 'the last digits, zeros before them or not'],
    ['A-001230', ['C-001230'], 'account number'],
    ['カナデ商', ['C-001230'], 'firm without its legal form'],
    ['㈱カナデ', ['C-001230'], 'firm with its legal form before it, abbreviated'],
    ['070-0000-0123', ['C-000123'], 'telephone number as people write it'],
    ['07000000', ['C-000300', 'C-000124', 'C-000123', 'C-000200'], 'the beginning of a telephone number'],
    ['高橋 0700000012', ['C-000124', 'C-000123'], 'name and telephone number together'],
    ['高橋 C-000200', [], 'both words have to fit'],
    ['橋', [], 'a word begins with what is typed'],
    ['%', [], 'nothing is a wildcard'],
  ])('by "%s": %j (%s)', async (search, ids) => {
    expect(await found({ search })).toEqual(ids);
  });

  it('by what they are now', async () => {
    expect(await found({ search: '佐藤' })).toEqual([]);
    await withScope(app, people.operator, (tx) =>
      tx.sql(`update customer set name = '佐藤 花子', kana = 'サトウ ハナコ' where id = 'C-000123'`),
    );
    expect(await found({ search: '佐藤' })).toEqual(['C-000123']);
    expect(await found({ search: '高橋' })).toEqual(['C-000124']);
    expect(await found({ search: 'A-000123' })).toEqual(['C-000123']);
    await withScope(app, people.operator, (tx) =>
      tx.sql(`update customer set name = '高橋 花子', kana = 'タカハシ ハナコ' where id = 'C-000123'`),
    );
  });
});

describe('the list', () => {
  it.each([
    [{ state: 'active' }, ['C-001230', 'C-000123']],
    [{ state: 'ended' }, ['C-000124']],
    [{ state: 'suspended' }, ['C-000200']],
    [{ state: 'upcoming' }, ['C-000300']],
    [{ state: 'none' }, []],
    [{ offering: 'smartphone-l' }, ['C-001230']],
    [{ offering: 'smartphone-m' }, []],
    [{ plan: 'data-sim' }, ['C-000123']],
    [{ type: 'corporate' }, ['C-001230']],
    [{ segment: 'staff' }, []],
    [{ sort: 'number', descending: true, pageSize: 2 }, ['C-001230', 'C-000300']],
    [{ sort: 'number', descending: true, pageSize: 2, page: 3 }, ['C-000123']],
    [{ sort: 'since', pageSize: 1, descending: true }, ['C-000300']],
  ] as const)('asked for %j has %j', async (input, ids) => {
    expect(await found(input)).toEqual(ids);
  });

  it('says of each what is held, since when, and by which number', async () => {
    const { rows, total, offerings } = await listCustomers(app, people.operator, { search: '花村' });
    expect(total).toBe(1);
    expect(rows).toEqual([
      {
        ...{
          id: 'C-000200',
          name: '花村 次郎',
          kana: 'ハナムラ ジロウ',
          type: 'individual',
          segment: null,
          state: 'suspended',
        },
        ...{ since: '2026-04-01', offerings: ['smartphone-s'], identifiers: ['07000000200'], lastBill: null },
      },
    ]);
    expect(offerings).toContainEqual({
      id: 'smartphone-s',
      name: { ja: 'スマホ S', en: 'Smartphone S' },
      service: 'mobile',
      plans: ['smartphone-s'],
    });
  });

  it('is empty for another tenant, and closed to who only manages people', async () => {
    const others = await mobileOperator(app, []);
    expect(await found({ search: '高橋' }, others.operator)).toEqual([]);
    await expect(listCustomers(app, people.administrator, {})).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it('a question and what is stored are written alike', async () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'ぁんゔゕゖァンヴヶヷｶﾞﾊﾟｱＡａÀÉ１㈱㌢① ゛゜ー～-'),
    maxLength: 12,
  });
  const samples = fc.sample(letters, 300);
  const stored = await withScope(app, people.operator, (tx) =>
    tx.sql<{ said: string }>(
      'select searchable(text) as said from unnest($1::text[]) with ordinality as sample (text, n) order by n',
      [samples],
    ),
  );
  expect(stored.map(({ said }) => said)).toEqual(samples.map(searchable));
});

it('searches by an index, row-level security or not', async () => {
  const plan = await withScope(app, people.operator, async (tx) => {
    await tx.sql('set local enable_seqscan = off');
    return tx.sql<{ 'QUERY PLAN': string }>(`explain select customer_id from customer_word where word ^@ 'タカ'`);
  });
  expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Cond: .*word >= 'タカ'/);
});
