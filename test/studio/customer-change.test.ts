/** What does the form of a customer change, against what is known (顧客情報の変更)? */
import { describe, expect, it } from 'vitest';
import type { CustomerNow } from '#runtime/services/customer-to-change.ts';
import { customerChangeOf, fieldsChanged } from '#lib/customers/customer-change.ts';

const now: CustomerNow = {
  ...{ id: 'C-1', name: '森 花子', kana: 'モリ ハナコ', birthDate: null, type: 'individual', segment: 'student' },
  ...{ today: '2026-11-25', accounts: ['A-1', 'A-2'], account: 'A-2', ahead: [] },
  ...{ billToName: '森 花子', billToAddress: '横浜市西区1-1' },
};
const asItIs = { name: '森 花子', kana: 'モリ ハナコ', birthDate: '', type: 'individual', segment: 'student' };
const typed = (more: Record<string, string>): FormData => {
  const form = new FormData();
  const all = { ...asItIs, billToName: '森 花子', billToAddress: '横浜市西区1-1', from: '2026-12-01', ...more };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  return form;
};

describe('a customer', () => {
  it.each<[because: string, more: Record<string, string>, change: object]>([
    ['of whom nothing is written over', {}, {}],
    ['whose name is made blank keeps it', { name: ' ' }, {}],
    ['is called otherwise at once', { name: '林 花子 ' }, { name: '林 花子' }],
    ['has a date of birth from now on', { birthDate: '2005-04-01' }, { birthDate: '2005-04-01' }],
    ['is of no segment from a day on', { segment: '' }, { standing: { from: '2026-12-01', segment: null } }],
    ['becomes a company', { type: 'corporate' }, { standing: { from: '2026-12-01', type: 'corporate' } }],
    [
      'moves: the account that is shown, and no other',
      { billToAddress: '札幌市北区2-2' },
      { billTo: { account: 'A-2', from: '2026-12-01', address: '札幌市北区2-2' } },
    ],
  ])('%s', (_because, more, change) => {
    expect(customerChangeOf(typed(more), now)).toEqual(change);
  });

  it('is looked at before: what was, what will be, and whether a day matters', () => {
    expect(fieldsChanged(typed({ kana: 'ハヤシ ハナコ', segment: '' }), now)).toEqual([
      { field: 'kana', before: 'モリ ハナコ', after: 'ハヤシ ハナコ', fromDay: false },
      { field: 'segment', before: 'student', after: '', fromDay: true },
    ]);
  });
});
