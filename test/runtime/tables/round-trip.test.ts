/** Does a price table that leaves for another tool come back as it was? Laws over random tables, and rows by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromCsv, toCsv } from '#runtime/tables/csv.ts';
import { fromDmn, toDmn } from '#runtime/tables/dmn.ts';
import { tableFile, tableFormats, tableFrom, type TableFormat } from '#runtime/tables/table-file.ts';
import { fromUnaryTests, toUnaryTests } from '#runtime/tables/unary-tests.ts';
import type { MatrixCell, MatrixPrice } from '#schemas/generated/types.ts';
import { rulesetsOf } from '../../rulesets/shipped.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    'mobile',
    '090',
    '+81',
    '=1+1',
    '-',
    '',
    ' ',
    'a,b',
    'a"b',
    '<&>',
    '10',
    '1.50',
    '2027-04-01',
    'true',
    'not(null)',
    '光電話',
    'starts with',
    '\\u0041',
    '"',
  ),
);
const bound = fc.oneof(
  fc.constantFrom('0', '9', '17.5', '2027-04-01', 'm', '-3'),
  text.map((each) => each.slice(0, 40)),
);
const nullable = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
const cells: Record<string, fc.Arbitrary<MatrixCell>> = {
  equal: nullable(fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }))),
  prefix: nullable(fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 }))),
  range: nullable(fc.record({ from: nullable(bound), to: nullable(bound) })),
};
const figure = fc.constantFrom('0', '8', '12.50', '0.000000000001', '999999999999999999');
const column = fc.record({
  fact: fc.constantFrom('usage.destination', 'usage.hour', 'usage.date', 'usage.number', 'usage.own'),
  match: fc.constantFrom('equal' as const, 'prefix' as const, 'range' as const),
});
const name = fc.stringMatching(/^[\p{L}\p{N}<&>"',]{1,20}$/u);
const table: fc.Arbitrary<MatrixPrice> = fc.array(column, { minLength: 1, maxLength: 3 }).chain((columns) =>
  fc.record({
    model: fc.constant('matrix' as const),
    hit: fc.constantFrom<MatrixPrice['hit']>('unique', 'any', 'first', 'cheapest', 'dearest'),
    columns: fc.constant(columns),
    rows: fc
      .array(
        fc.record(
          {
            name: fc.record({ ja: name, en: name }),
            when: fc.tuple(...columns.map(({ match }) => cells[match]!)),
            unitPrice: figure,
            unitSize: fc.constantFrom('60', '0.5'),
            connectFee: figure,
          },
          { requiredKeys: ['when', 'unitPrice'] },
        ),
        { minLength: 1, maxLength: 5 },
      )
      .map((rows) => rows.map((row, index) => ({ id: `row-${index + 1}`, ...row }))),
  }),
);

const comeBack = async (left: MatrixPrice, format: TableFormat): Promise<MatrixPrice> =>
  tableFrom((await tableFile(left, format, 'price')).bytes);

const numRuns = process.env['KANADE_LONG'] === '1' ? 20_000 : 300;

describe('a price table', () => {
  it('comes back from DMN as it left', () => {
    fc.assert(
      fc.property(table, name, (left, called) => {
        expect(fromDmn(toDmn(left, called))).toEqual(left);
      }),
      { numRuns },
    );
  });

  it('comes back from a sheet as it left', () => {
    fc.assert(
      fc.property(table, (left) => {
        expect(fromCsv(toCsv(left))).toEqual(left);
      }),
      { numRuns },
    );
  });

  it('comes back from a workbook as it left', async () => {
    await fc.assert(
      fc.asyncProperty(table, async (left) => {
        expect(await comeBack(left, 'xlsx')).toEqual(left);
      }),
      { numRuns },
    );
  });

  it('comes back, whichever is shipped', async () => {
    const shipped = ['kanade-fibre', 'kanade-energy'].flatMap((operator) =>
      rulesetsOf(operator).flatMap((ruleset) =>
        ruleset.kind !== 'ratePlan'
          ? []
          : ruleset.body.charges.flatMap((charge) =>
              charge.type === 'usage' && charge.price.model === 'matrix' ? [charge.price] : [],
            ),
      ),
    );
    expect(shipped.length).toBeGreaterThan(1);
    for (const each of shipped) for (const format of tableFormats) expect(await comeBack(each, format)).toEqual(each);
  });
});

describe('a cell', () => {
  // the cell                             in DMN                          in a sheet
  const rows: [MatrixCell, 'equal' | 'prefix' | 'range', string, string][] = [
    [null, 'equal', '-', '-'],
    ['mobile', 'equal', '"mobile"', 'mobile'],
    ['090', 'equal', '"090"', '"090"'],
    [['fixed', 'ip-phone'], 'equal', '"fixed", "ip-phone"', 'fixed, ip-phone'],
    [['fixed'], 'equal', '("fixed")', '(fixed)'],
    ['090', 'prefix', 'starts with(?, "090")', '"090"'],
    [{ from: '9', to: '18' }, 'range', '[9..18)', '[9..18)'],
    [{ from: '65', to: null }, 'range', '>= 65', '>= 65'],
    [{ from: null, to: '2027-04-01' }, 'range', '< date("2027-04-01")', '< date("2027-04-01")'],
    [{ from: null, to: null }, 'range', 'not(null)', 'not(null)'],
  ];
  it.each(rows)('%j (%s) is written %s and %s', (cell, match, dmn, sheet) => {
    expect([toUnaryTests(cell, { match }), toUnaryTests(cell, { match, bare: true })]).toEqual([dmn, sheet]);
    expect([fromUnaryTests(dmn)?.cell, fromUnaryTests(sheet)?.cell]).toEqual([cell, cell]);
  });

  it.each([
    '> 5',
    '<= 5',
    '[1..5]',
    '(1..5)',
    'not("a")',
    'Age + 1',
    '"open',
    'date("2027"',
    '"a", starts with(?, "b")',
    'null',
  ])('that ours cannot be is refused: %s', (written) => {
    expect(fromUnaryTests(written)).toBeUndefined();
  });
});

describe('a document', () => {
  const dmn = (decisions: string): string =>
    `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">${decisions}</definitions>`;
  const decision = (table: string, called = 'price') =>
    `<decision name="${called}"><decisionTable ${table}</decisionTable></decision>`;
  const input = '<input><inputExpression><text>usage.hour</text></inputExpression></input><output name="price"/>';
  const rule = (when: string, price: string) =>
    `<rule><inputEntry><text>${when}</text></inputEntry><outputEntry><text>${price}</text></outputEntry></rule>`;

  it('from elsewhere is read by its cells', () => {
    expect(fromDmn(dmn(decision(`hitPolicy="FIRST">${input}${rule('&lt; 9', '5')}${rule('-', '20')}`)))).toEqual({
      model: 'matrix',
      hit: 'first',
      columns: [{ fact: 'usage.hour', match: 'range' }],
      rows: [
        { id: 'row-1', when: [{ from: null, to: '9' }], unitPrice: '5' },
        { id: 'row-2', when: [null], unitPrice: '20' },
      ],
    });
  });

  it('whose prices have an order of their own becomes one whose first row goes first', () => {
    const ranked = `<input><inputExpression><text>usage.hour</text></inputExpression></input><output name="price"><outputValues><text>20, 5</text></outputValues></output>`;
    const rules = `${rule('&lt; 9', '5')}${rule('-', '20')}`;
    expect(fromDmn(dmn(decision(`hitPolicy="PRIORITY">${ranked}${rules}`)))).toMatchObject({
      hit: 'first',
      rows: [
        { id: 'row-2', when: [null], unitPrice: '20' },
        { id: 'row-1', when: [{ from: null, to: '9' }], unitPrice: '5' },
      ],
    });
  });

  it.each([
    ['table-not-dmn', 'id,price'],
    ['table-not-dmn', '<definitions><decision></definitions>'],
    ['table-not-dmn', '<!DOCTYPE definitions [<!ENTITY a "b">]><definitions/>'],
    ['table-not-one', dmn('')],
    ['table-not-one', dmn(decision('>', 'a') + decision('>', 'b'))],
    ['table-hit-policy', dmn(decision(`hitPolicy="COLLECT">${input}`))],
    ['table-cell', dmn(decision(`>${input}${rule('[1..x + 1]', '5')}`))],
    ['table-without-priorities', dmn(decision(`hitPolicy="PRIORITY">${input}${rule('-', '5')}`))],
    ['table-without-price', dmn(decision(`>${input}${rule('-', '')}`))],
  ])('that is none of ours is refused: %s', (code, xml) => {
    expect(() => fromDmn(xml)).toThrow(code);
  });

  it.each([
    ['table-heading', 'id,price\nrow-1,5'],
    ['table-heading', 'id (unique),name ja,name en,usage.hour,unitPrice,unitSize,connectFee\n'],
    ['table-cell', 'id (unique),name ja,name en,usage.quantity (range),unitPrice,unitSize,connectFee\na,,,<= 5,1,,\n'],
    ['table-without-price', 'id (unique),name ja,name en,usage.hour (range),unitPrice,unitSize,connectFee\na,,,-,,,\n'],
    ['table-not-csv', 'id (unique),"name'],
  ])('that is no such sheet is refused: %s', (code, sheet) => {
    expect(() => fromCsv(sheet)).toThrow(code);
  });
});
