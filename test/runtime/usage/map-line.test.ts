/** A line becomes records, or a reason that an operator can act on; nothing is guessed. */
import { describe, expect, it } from 'vitest';
import { columnsOf, lineMapper } from '#runtime/usage/map-line.ts';
import { momentReader } from '#runtime/usage/moment.ts';
import { parseQuantity } from '#runtime/usage/quantity.ts';
import { fieldsReader } from '#runtime/usage/read-fields.ts';
import type { FileFormatBody } from '#schemas/generated/types.ts';

describe('a quantity', () => {
  it.each([
    ['265.1', '265.1', 'plain'],
    ['000065', '65', 'zero-padded, as switches write durations'],
    ['0', '0', 'nothing used is a record too'],
    ['1.500', '1.5', 'trailing zeros say nothing'],
    ['999999999999999999', '999999999999999999', 'eighteen digits are kept to the last one'],
    ['0.000000000001', '0.000000000001', 'twelve decimals as well'],
  ])('%s is %s: %s', (text, quantity) => expect(parseQuantity(text)).toBe(quantity));

  it.each([
    '',
    ' 1',
    '-1',
    '+1',
    '1e3',
    'NaN',
    '1,000',
    '１２',
    '1.',
    '.5',
    '0x10',
    '1.0000000000001',
    '1234567890123456789',
  ])('%j is refused', (text) => expect(parseQuantity(text)).toBeUndefined());
});

describe('a moment', () => {
  it.each([
    ['YYYY-MM-DDTHH:mm:ss', '2026-11-01T09:30:05', '2026-11-01T09:30:05'],
    ['YYYY/MM/DD HH:mm:ss', '2026/11/01 23:59:59', '2026-11-01T23:59:59'],
    ['YYYYMMDDHHmmss', '20240229000000', '2024-02-29T00:00:00'],
    ['YYYYMMDD', '20261101', '2026-11-01T00:00:00'],
  ])('%s reads %s', (pattern, text, moment) => expect(momentReader(pattern)(text)).toBe(moment));

  it.each([
    ['YYYYMMDD', '20260229', 'no such day'],
    ['YYYYMMDD', '２０２６１１０１', 'full-width digits'],
    ['YYYY-MM-DD HH:mm:ss', '2026-11-01 24:00:00', 'no such hour'],
    ['YYYY-MM-DD', '2026-11-01 ', 'something left over'],
    ['YYYY-MM-DD', '2026-13-01', 'no such month'],
  ])('%s refuses %j: %s', (pattern, text) => expect(momentReader(pattern)(text)).toBeUndefined());
});

const calls: FileFormatBody = {
  encoding: 'utf-8',
  delimiter: ',',
  subscriber: 'number',
  key: ['number', 'start', 'switch'],
  records: [
    {
      meter: 'voice.seconds',
      when: { column: 'kind', equals: 'V' },
      quantity: { column: 'seconds' },
      startedAt: { column: 'start', pattern: 'YYYYMMDDHHmmss' },
      attributes: { destination: { column: 'class' }, source: { text: 'switch' } },
    },
    {
      meter: 'sms.count',
      when: { column: 'kind', equals: 'S' },
      quantity: { constant: '1' },
      startedAt: { column: 'start', pattern: 'YYYYMMDDHHmmss' },
    },
  ],
};
const header = ['number', 'kind', 'start', 'seconds', 'class', 'switch', 'note'];
const map = lineMapper('calls', calls, header, null);

describe('a line', () => {
  it('yields the records whose condition it meets', () => {
    const mapped = map(['09012345678', 'V', '20261101093000', '65', 'mobile', 'A', '']);
    expect(mapped).toMatchObject({
      subscriber: '09012345678',
      records: [
        {
          number: 1,
          meter: 'voice.seconds',
          quantity: '65',
          startedAt: '2026-11-01T09:30:00',
          attributes: { destination: 'mobile', source: 'switch' },
        },
      ],
    });
    expect(map(['1', 'S', '20261101093000', '', '', 'A', ''])).toMatchObject({
      records: [{ number: 2, quantity: '1' }],
    });
  });

  it.each([
    [['1', 'V', '20261101093000', '65', 'mobile', 'A'], 'wrong-field-count', { expected: '7', found: '6' }],
    [['', 'V', '20261101093000', '65', 'mobile', 'A', ''], 'value-missing', { column: 'number' }],
    [['1', 'V', '20261101093000', '', 'mobile', 'A', ''], 'value-missing', { column: 'seconds' }],
    [['1', 'V', '20261101093000', '１２', 'mobile', 'A', ''], 'broken-quantity', { column: 'seconds', value: '１２' }],
    [
      ['1', 'V', '20261131093000', '65', 'mobile', 'A', ''],
      'broken-date',
      { column: 'start', value: '20261131093000', pattern: 'YYYYMMDDHHmmss' },
    ],
    [['1', 'V', '20261101093000', '65', 'x'.repeat(201), 'A', ''], 'value-too-long', { column: 'class', limit: '200' }],
    [['1', 'X', '20261101093000', '65', 'mobile', 'A', ''], 'no-record', {}],
  ])('%j is refused with %s', (fields, code, values) => expect(map(fields)).toEqual({ reject: { code, values } }));

  it('is the same line by its key, and says the same by what its records say', () => {
    const first = map(['1', 'V', '20261101093000', '65', 'mobile', 'A', 'first sending']);
    const again = map(['1', 'V', '20261101093000', '065', 'mobile', 'A', 'second sending']);
    const other = map(['1', 'V', '20261101093000', '66', 'mobile', 'A', '']);
    expect(again).toEqual(first);
    expect(other).toMatchObject({ key: first.reject === undefined && first.key });
    expect(other).not.toMatchObject({ payload: first.reject === undefined && first.payload });
  });

  it('of a file whose day is given is another line on another day', () => {
    const monthly: FileFormatBody = {
      ...calls,
      key: ['number'],
      records: [{ meter: 'data.kilobytes', quantity: { column: 'seconds' }, startedAt: { given: 'onImport' } }],
    };
    const [october, november] = ['2026-10-01', '2026-11-01'].map((day) =>
      lineMapper('monthly', monthly, header, day)(['1', '', '', '9', '', '', '']),
    );
    expect(october).toMatchObject({ records: [{ startedAt: '2026-10-01T00:00:00' }] });
    expect(october).not.toMatchObject({ key: november!.reject === undefined && november!.key });
  });
});

it('a format reads the columns that it names, and no others', () => {
  expect(columnsOf(calls)).toEqual(['number', 'start', 'switch', 'kind', 'seconds', 'class']);
});

describe('fields', () => {
  const line = (bytes: readonly number[] | string, number = 2) => ({ number, bytes: Buffer.from(bytes as string) });

  it('come from quotes, embedded breaks and all', () => {
    const read = fieldsReader({ encoding: 'utf-8', delimiter: ',' });
    expect(read([line('a,"b ""c""\nd",'), line('x,y,z')]).map(({ fields }) => fields)).toEqual([
      ['a', 'b "c"\nd', ''],
      ['x', 'y', 'z'],
    ]);
  });

  it('of a broken line are refused, the others of the same piece are read', () => {
    const read = fieldsReader({ encoding: 'utf-8', delimiter: ',' });
    const found = read([line('1,2'), line('1,5" pipe'), line('3,"x"y'), line('4,5')]);
    expect(found.map(({ fields, reject }) => fields ?? reject!.code)).toEqual([
      ['1', '2'],
      'broken-quoting',
      'broken-quoting',
      ['4', '5'],
    ]);
  });

  it.each<['utf-8' | 'shift_jis', number[], string]>([
    ['utf-8', [0x61, 0xff], 'no UTF-8'],
    ['utf-8', [0xed, 0xa0, 0x80], 'half of a surrogate pair'],
    ['utf-8', [0x61, 0x00], 'NUL'],
    ['shift_jis', [0x82], 'a character cut in half'],
    ['shift_jis', [0x82, 0x20], 'a second byte that cannot be one'],
  ])('in %s of %j are bad bytes: %s', (encoding, bytes) => {
    const [found] = fieldsReader({ encoding, delimiter: ',' })([line(bytes)]);
    expect(found!.reject).toEqual({ code: 'bad-bytes', values: { encoding } });
  });

  it('in Shift_JIS hold half-width kana and the characters that vendors added', () => {
    // ｱ ① 髙
    const [found] = fieldsReader({ encoding: 'shift_jis', delimiter: ',' })([
      line([0xb1, 0x2c, 0x87, 0x40, 0x2c, 0xfb, 0xfc]),
    ]);
    expect(found!.fields).toEqual(['ｱ', '①', '髙']);
  });

  it('lose the byte order mark of the first line', () => {
    const read = fieldsReader({ encoding: 'utf-8', delimiter: ',' });
    expect(read([line([0xef, 0xbb, 0xbf, 0x61], 1)])[0]!.fields).toEqual(['a']);
  });
});
