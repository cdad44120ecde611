/** Can a person price an account with nothing but a folder of rulesets and a document written by hand? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, BillingResult, Diagnostic } from '#schemas/generated/types.ts';
import { kanade } from './terminal.ts';

const rulesets = 'rulesets/kanade-mobile';

/** Joined on 15 April 2026, half price for the first two months: 3,000 + 2,240 − 1,120, tax 412; 2,310; 4,620. */
const document: AccountDocument = {
  customer: { id: 'C-1', type: 'individual' },
  accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
  products: [
    {
      id: 'P-1',
      account: 'A-1',
      offering: 'smartphone-m',
      event: 'new',
      appliedOn: '2026-04-10',
      startsOn: '2026-04-15',
      endsOn: null,
    },
  ],
  periods: { first: '2026-04', last: '2026-06' },
};

const price = (input: string, ...more: string[]) =>
  kanade(['price', '--rulesets', rulesets, '--input', '-', ...more], { input });

describe('price', () => {
  it('gives the bill of each month, amounts as text', async () => {
    const { exit, out } = await price(JSON.stringify(document), '--json');
    const { bills } = JSON.parse(out) as BillingResult;
    expect(exit).toBe(0);
    expect(bills.map(({ total }) => total)).toEqual(['4532', '2310', '4620']);
    expect(bills[0]?.lines[0]).toMatchObject({
      product: 'P-1',
      phase: 'listCharges',
      ruleset: 'ratePlan/smartphone-m',
      version: 1,
      row: '/body/charges/0',
      amount: '3000',
      taxCategory: 'standard',
    });
  });

  it('shows the tree behind the amounts only when asked', async () => {
    const plain = JSON.parse((await price(JSON.stringify(document), '--json')).out) as BillingResult;
    const traced = JSON.parse((await price(JSON.stringify(document), '--json', '--trace')).out) as BillingResult;
    expect(plain.trace).toBeUndefined();
    expect(traced.trace).toHaveLength(3);
    expect(traced.bills).toEqual(plain.bills);
  });

  it('reads as a table with reasons, in the reader’s language', async () => {
    const ja = await price(JSON.stringify(document), '--why');
    const en = await price(JSON.stringify(document), '--why', '--lang', 'en');
    expect(ja.out).toContain('請求額 ¥4,532');
    expect(ja.out).toMatch(/月額 4,200 × 16 日 ÷ 30 日/);
    expect(en.out).toContain('total ¥4,532');
  });

  it('reads out each line, tax and total when asked, as text and as a list of sentences', async () => {
    const en = await price(JSON.stringify(document), '--aloud', '--lang', 'en');
    expect(en.out).toMatch(/For 16 of 30 days, at 4,200 yen a month, that is 2,240 yen\./);
    const told = JSON.parse((await price(JSON.stringify(document), '--aloud', '--json')).out) as {
      readonly aloud: readonly (readonly string[])[];
    };
    expect(told.aloud.map((sentences) => sentences.at(-1))).toContainEqual(expect.stringContaining('4,532円'));
    expect(told).not.toHaveProperty('trace');
  });

  it('prices one document a line', async () => {
    const lines = [document, { ...document, periods: { first: '2026-05', last: '2026-05' } }]
      .map((each) => JSON.stringify(each))
      .join('\n');
    const { results } = JSON.parse((await price(lines, '--lines', '--json')).out) as { results: BillingResult[] };
    expect(results.map(({ bills }) => bills.length)).toEqual([3, 1]);
  });

  it.each([
    ['text that breaks off', '{"customer":', 'malformed-json', ''],
    [
      'a field left out',
      JSON.stringify({ ...document, customer: { id: 'C-1' } }),
      'required-field-missing',
      '/customer',
    ],
    [
      'a day that does not exist',
      JSON.stringify(document).replace('2026-04-15', '2026-02-30'),
      'not-a-date',
      '/products/0/startsOn',
    ],
    ['a field nobody knows', JSON.stringify({ ...document, discount: 1 }), 'unknown-field', '/discount'],
    [
      'an offering that is not sold',
      JSON.stringify(document).replace('smartphone-m', 'smartphone-x'),
      'offering-not-in-force',
      undefined,
    ],
    [
      'months the wrong way round',
      JSON.stringify({ ...document, periods: { first: '2026-06', last: '2026-04' } }),
      'periods-reversed',
      '/periods',
    ],
  ])('names the place of %s, and it is the input’s fault', async (_what, input, code, path) => {
    const { exit, out } = await price(input, '--json');
    const { diagnostics } = JSON.parse(out) as { diagnostics: Diagnostic[] };
    expect(exit).toBe(1);
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
    if (path !== undefined) expect(diagnostics[0]?.path).toBe(path);
    expect(diagnostics[0]?.message).not.toBe(`diagnostic.${code}`);
  });
});

describe('the command line', () => {
  it('lists every command, and says what one takes', async () => {
    expect((await kanade(['help'])).out).toMatch(/kanade price --rulesets DIR[\s\S]*kanade cycle close CYCLE/);
    expect(await kanade(['cycle', 'run', '--help'])).toMatchObject({
      exit: 0,
      out: expect.stringContaining('kanade cycle run CYCLE') as string,
    });
  });

  it.each([
    [['prise'], 'command-unknown'],
    [['price', '--wat'], 'option-unknown'],
    [['price', '--rulesets'], 'option-without-value'],
    [['price', '--input', '-'], 'option-missing'],
    [['ruleset', 'check'], 'word-missing'],
    [['ruleset', 'check', 'no-such-folder'], 'file-not-readable'],
  ])('says what is wrong with %j', async (typed, code) => {
    const { exit, out, err } = await kanade([...typed, '--json']);
    expect(exit).toBe(1);
    expect((JSON.parse(out) as { error: { code: string } }).error.code).toBe(code);
    expect(err).toBe('');
  });

  it('speaks Japanese unless told otherwise', async () => {
    expect((await kanade(['prise'], { environment: {} })).err).toContain('コマンドはありません');
    expect((await kanade(['prise'], { environment: { LANG: 'en_GB.UTF-8' } })).err).toContain('no command');
    expect((await kanade(['prise', '--lang', 'ja'], { environment: { LANG: 'en_GB.UTF-8' } })).err).toContain(
      'コマンドはありません',
    );
  });
});
