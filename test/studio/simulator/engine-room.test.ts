/** Does the browser say the same of a draft as the bill will: what is wrong with it, what a customer pays, whether its cases hold? */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, CampaignRuleset, Case, Ruleset } from '#schemas/generated/types.ts';
import { words } from '#schemas/messages/render.ts';
import { comparisonOf, placesThatPriced, readAloud, sumOf } from '#lib/simulator/comparison.ts';
import { draftIn, EngineRoom, type Priced } from '#lib/simulator/engine-room.ts';
import { amountOf, caseOf, figuresOf } from '#lib/simulator/expectation.ts';
import { caseFiles, casesIn, rulesetsOf } from '../../rulesets/shipped.ts';

const folder = new URL('../../../rulesets/kanade-mobile/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const rulesets = globSync('*/*/v*.json', { cwd: folder })
  .sort()
  .map((name) => read(name) as Ruleset);

const id = 'half-price-two-months';
const published = rulesets.find((each): each is CampaignRuleset => each.kind === 'campaign' && each.id === id)!;
const cases = (read(`campaign/${id}/cases.json`) as Case[]).map((document, index) => ({ id: `${index}`, document }));
const room = new EngineRoom({ rulesets, kind: 'campaign', id, version: 2 });

/** Sixty percent instead of fifty, from the first day on. */
const draft: CampaignRuleset = {
  ...published,
  version: 2,
  reason: 'More for those who join.',
  body: {
    ...published.body,
    discounts: published.body.discounts.map((each) => ({
      ...each,
      effect: { op: 'percentOff', percent: '60' },
    })) as never,
  },
};
const text = JSON.stringify(draft);

/** Joined on 15 April: 16 of 30 days of 4,200 are 2,240 in April, then 4,200 a month. */
const joined = cases[0]!.document.given;

function billsOf(priced: Priced): readonly Bill[] {
  if (!('bills' in priced)) throw new Error('not billed');
  return priced.bills;
}

describe('the engine beside the page', () => {
  it('bills a customer with what is published and with the draft in its place', () => {
    const { before, after } = room.prices(draftIn(text), joined);
    const months = comparisonOf(billsOf(before), billsOf(after));
    const discount = months.map(({ lines }) => lines.find(({ name }) => name.en === published.name.en));
    // 2,240 and 4,200 at fifty percent are 1,120 and 2,100, at sixty 1,344 and 2,520.
    expect(discount.map((line) => line && [line.before, line.after, line.change])).toEqual([
      ['-1120', '-1344', '-224'],
      ['-2100', '-2520', '-420'],
      undefined,
    ]);
  });

  it('prices a draft whose reason is still to be written, since no amount depends on it', () => {
    const unfinished = draftIn(JSON.stringify({ ...draft, reason: '' }));
    expect(room.prices(unfinished, joined).after).toHaveProperty('bills');
    expect(room.checks(unfinished).map(({ code }) => code)).toEqual(['text-empty']);
  });

  it('prices nothing with a draft that has not the form of a ruleset, but still what is published', () => {
    const half = draftIn(JSON.stringify({ ...draft, body: {} }));
    const { before, after } = room.prices(half, joined);
    expect(after).toEqual({ problem: null });
    expect(comparisonOf(billsOf(before), undefined).map(({ before: total, change }) => [total, change])).toEqual(
      billsOf(before).map(({ total }) => [total, null]),
    );
    expect(room.cases(half, cases)).toEqual(cases.map((each) => ({ id: each.id, failed: true })));
  });

  it('says where a text that is no JSON goes wrong', () => {
    const [fault] = room.checks(draftIn('{ "kind": "campaign", }'));
    expect(fault).toMatchObject({ code: 'malformed-json', values: { line: '1' } });
  });

  it('says which rows of a price table none of the cases tries, once there is a case', () => {
    const fibre = rulesetsOf('kanade-fibre');
    const plan = fibre.find((each) => each.kind === 'ratePlan' && each.id === 'ip-phone')!;
    const next = { ...plan, version: 2, effective: { from: '2026-04-01', to: null } };
    const telephone = new EngineRoom({ rulesets: fibre, kind: 'ratePlan', id: 'ip-phone', version: 2 });
    const [file] = caseFiles('kanade-fibre').filter((each) => each.file.includes('/ip-phone/'));
    const [one] = casesIn(file!);
    const calling = (destination: string): { document: Case } => ({
      document: {
        ...one!,
        given: {
          ...one!.given,
          // Abroad is called in each: that is a charge of its own.
          usage: [destination, 'international'].map((to) => ({
            ...one!.given.usage![0]!,
            ...{ id: to, attributes: { destination: to } },
          })),
        },
      },
    });
    const rows = (...destinations: readonly string[]): unknown =>
      telephone
        .checks(draftIn(JSON.stringify(next)), destinations.map(calling))
        .flatMap(({ code, values }) => (code === 'rows-not-tried' ? [values['rows']] : []));
    expect(rows('mobile')).toEqual(['fixed, navi-dial']);
    expect(rows('fixed', 'mobile', 'navi-dial')).toEqual([]);
    expect(rows()).toEqual([]);
  });

  it('says that no case bills by the draft, unless one of another ruleset does', () => {
    const fibre = rulesetsOf('kanade-fibre');
    const plan = fibre.find((each) => each.kind === 'ratePlan' && each.id === 'ip-phone')!;
    const next = draftIn(JSON.stringify({ ...plan, version: 2, effective: { from: '2026-04-01', to: null } }));
    const all = caseFiles('kanade-fibre').flatMap(casesIn) as Case[];
    const isTold = (casesElsewhere: readonly Case[]): boolean =>
      new EngineRoom({ rulesets: fibre, casesElsewhere, kind: 'ratePlan', id: 'ip-phone', version: 2 })
        .checks(next)
        .some(({ code }) => code === 'no-case');
    expect(isTold([])).toBe(true);
    expect(isTold(all.filter(({ given }) => given.products.every((each) => each.offering !== 'ip-phone')))).toBe(true);
    expect(isTold(all)).toBe(false);
  });

  it('checks the draft with the rest of the release, and says when it would be another ruleset', () => {
    const stray = {
      ...draft,
      id: 'another',
      body: { ...draft.body, discounts: [{ ...draft.body.discounts[0]!, target: { charges: ['nowhere'] } }] },
    };
    const found = room.checks(draftIn(JSON.stringify(stray)));
    expect(found.map(({ code, path }) => [code, path])).toEqual([
      ['draft-identity', '/id'],
      ['unknown-charge', '/body/discounts/0/target/charges/0'],
      ['campaign-open-ended', '/body/window/to'],
    ]);
  });

  it('runs the cases with the draft: those about half the price no longer hold', () => {
    const wrong = room
      .cases(draftIn(text), cases)
      .map((each) =>
        'result' in each
          ? each.result.checks.filter(({ passed }) => !passed).map(({ expected, actual }) => [expected, actual])
          : each,
      );
    // 60 % of 2,240 and of 4,200 where the cases say half.
    expect(wrong).toEqual([
      [
        ['-1120', '-1344'],
        ['-2100', '-2520'],
      ],
      [],
      [],
      [['-2100', '-2520']],
    ]);
  });
});

describe('before beside after', () => {
  const { before, after } = room.prices(draftIn(text), joined);

  it('adds up over the months', () => {
    const [sum] = sumOf(comparisonOf(billsOf(before), billsOf(after)));
    // 644 of discount more, and the tax on it: 10 % of 224 and of 420, each bill rounded down.
    expect(sum).toMatchObject({ currency: 'JPY', change: '-709' });
  });

  it('shows a line that there was not before as one without an earlier amount', () => {
    const none = billsOf(before).map((bill) => ({
      ...bill,
      lines: bill.lines.filter(({ phase }) => phase !== 'discounts'),
    }));
    const [april] = comparisonOf(none, billsOf(after));
    expect(april?.lines.find(({ phase }) => phase === 'discounts')).toMatchObject({ before: null, after: '-1344' });
  });

  it('reads a line to a customer as the draft bills it, and one that the draft takes away as it was billed', () => {
    // No longer for those who join on 15 April.
    const closed = { ...draft, body: { ...draft.body, window: { from: '2026-05-01', to: null } } };
    const readDiscount = (of: CampaignRuleset): string | undefined => {
      const prices = room.prices(draftIn(JSON.stringify(of)), joined);
      const [april] = comparisonOf(billsOf(prices.before), billsOf(prices.after));
      const said = readAloud(
        prices,
        april!,
        april!.lines.find(({ phase }) => phase === 'discounts')!,
      );
      return said && words('en').render(said.code, said.values);
    };
    expect(readDiscount(draft)).toMatch(/ with 60 per cent off 2,240 yen, that is 1,344 yen off\.$/);
    expect(readDiscount(closed)).toMatch(/ with 50 per cent off 2,240 yen, that is 1,120 yen off\.$/);
  });

  it('knows the rows of the draft that priced something', () => {
    expect([...placesThatPriced(billsOf(after), `campaign/${id}`, 2)]).toEqual(['/body/discounts/0']);
    expect(placesThatPriced(billsOf(after), `campaign/${id}`, 1).size).toBe(0);
  });
});

describe('a price that becomes a case', () => {
  const bills = billsOf(room.prices(draftIn(text), joined).after);
  const sum = (amounts: readonly string[]): string => String(amounts.reduce((so, each) => so + BigInt(each), 0n));
  const figures = figuresOf(bills, sum);

  it('names each charge and the total of each month', () => {
    expect(figures.filter(({ month }) => month === '2026-05')).toEqual([
      { month: '2026-05', charge: 'base', computed: '4200' },
      { month: '2026-05', charge: 'half-price-two-months', computed: '-2520' },
      { month: '2026-05', charge: null, computed: '1848' },
    ]);
  });

  it('expects only what the author stands for, and holds when the rule does it', () => {
    const expected = figures.map((each) => ({
      ...each,
      amount: each.month === '2026-05' && each.charge !== 'base' ? each.computed : '',
    }));
    const made = caseOf({ ja: '60% 引き', en: 'Sixty percent off' }, ' by hand ', joined as AccountDocument, expected);
    expect(made.source).toBe('by hand');
    expect(made.expect).toEqual({
      bills: [{ month: '2026-05', lines: { 'half-price-two-months': '-2520' }, total: '1848' }],
    });
    const [run] = room.cases(draftIn(text), [{ id: 'new', document: made }]);
    expect(run && 'result' in run && run.result.passed).toBe(true);
  });

  it.each([
    ['4,200', '4200'],
    ['−2,520', '-2520'],
    ['￥１，８４８', '1848'],
    ['12.50', '12.50'],
    ['about 100', undefined],
    ['', undefined],
  ])('takes an amount as people write it: %s', (typed, amount) => {
    expect(amountOf(typed)).toBe(amount);
  });
});
