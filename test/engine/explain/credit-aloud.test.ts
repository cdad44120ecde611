/** Is a credit note said as a call centre would read it? Sentences written by hand, from amounts worked out by hand. */
import { describe, expect, it } from 'vitest';
import { bill } from '#engine/billing/bill.ts';
import { creditNote, type CreditAsked } from '#engine/credits/credit-note.ts';
import { creditAloud } from '#engine/explain/aloud/credit-aloud.ts';
import type { Charge, CreditNote } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { account, monthly, offering, plan, product, releaseOf } from '../billing/build.ts';

const rules = { rounding: 'down' } as const;
const fitting: Charge = {
  ...{ type: 'oneTime', id: 'fitting', on: 'start', price: '2200', taxCategory: 'standard', taxIncluded: true },
  name: { ja: '取付費', en: 'Fitting' },
};
/** January 2026: a basic fee of 1,005, of which 10 % tax are 100 rounded down, and 2,200 with tax for fitting. */
const january = bill(
  account('2026-01', [product({ startsOn: '2026-01-01', appliedOn: '2026-01-01' })]),
  releaseOf([offering(), plan([monthly('1005', { name: { ja: '基本料', en: 'Basic fee' } }), fitting])]),
).bills[0]!;
const [base, fee] = ['base', 'fitting'].map((charge) => january.lines.find((line) => line.charge === charge)!.id);

function noteOf(asked: readonly CreditAsked[], before: readonly CreditNote[] = []): CreditNote {
  const { note } = creditNote(january, before, asked, rules);
  if (note === undefined) throw new Error('it is asked for what is there');
  return note;
}

const read = (note: CreditNote, locale: 'ja' | 'en', name?: { ja: string; en: string }): string[] =>
  creditAloud(note, january, () => name).map(({ code, values }) => words(locale).render(code, values));

describe('a credit note is read as', () => {
  it('a part of a line, its tax and what that comes to', () => {
    const note = noteOf([{ line: base!, amount: '500' }]);
    expect(read(note, 'ja')).toEqual([
      '1月分のご請求から、次のとおりお返しします。',
      '基本料の1月分、1,005円のうち、500円をお返しします。',
      '消費税は、標準税率の対象額500円に対して10パーセントで、50円になります。',
      '合わせて550円をお返しします。',
    ]);
    expect(read(note, 'en')).toEqual([
      'Of your bill for January we give back the following.',
      'Of the basic fee for January, which was 1,005 yen, we give back 500 yen.',
      'Tax on 500 yen at the standard rate, 10 per cent, is 50 yen.',
      'In all we give back 550 yen.',
    ]);
  });

  it('a part of what discounts have left of a line', () => {
    // Adjusted by hand: 105 less on the line of 1,005.
    const [first] = january.lines.filter(({ id }) => id === base);
    const less = { ...first!, id: 'L-off', target: base!, phase: 'discounts', amount: '-105', tax: '0' } as const;
    const bill105 = { ...january, lines: [...january.lines, less] };
    const [, line] = creditAloud(noteOf([{ line: base!, amount: '500' }]), bill105, () => undefined);
    expect(['ja', 'en'].map((locale) => words(locale as 'ja' | 'en').render(line!.code, line!.values))).toEqual([
      '基本料の1月分、割引や上限などの後の900円のうち、500円をお返しします。',
      'Of the basic fee for January, which after discounts and limits was 900 yen, we give back 500 yen.',
    ]);
  });

  it('all of a line, of the product that is named, tax included', () => {
    const note = noteOf([{ line: fee!, amount: '2200' }]);
    const phone = { ja: 'スマホ M', en: 'Smartphone M' };
    expect(read(note, 'ja', phone).slice(1)).toEqual([
      'スマホ Mの取付費の1月1日の分、税込で2,200円の全額をお返しします。',
      '消費税は、標準税率の対象額2,000円に対して10パーセントで、200円になります。',
      '合わせて2,200円をお返しします。',
    ]);
    expect(read(note, 'en', phone)[1]).toBe(
      'We give back all of the fitting of smartphone M for 1 January, which is 2,200 yen, tax included.',
    );
  });

  it('the rest of a rate with the rest of its tax, where its own share would be another', () => {
    const parts = ['109', '109', '109', '109', '109', '109', '109', '109', '109'].reduce<CreditNote[]>(
      (before, amount) => [...before, noteOf([{ line: base!, amount }], before)],
      [],
    );
    const rest = noteOf(
      [
        { line: base!, amount: '24' },
        { line: fee!, amount: '2200' },
      ],
      parts,
    );
    // The bill has 300 of tax. Of nine times 109, 10.9 each were rounded down to 10: 210 are left, where 2.4 and 200 would be the share.
    expect(rest.tax.map(({ tax }) => tax)).toEqual(['210']);
    expect(read(rest, 'ja').at(-2)).toBe('この税率の残りの対象額2,024円とともに、残りの消費税210円をお返しします。');
    expect(read(rest, 'en').at(-2)).toBe(
      'With the last of what was charged at this rate, 2,024 yen, goes the rest of its tax, 210 yen.',
    );
  });
});
