/** Is a sheet from Excel read as it was meant, and is what nobody should send refused cell by cell? */
import { describe, expect, it } from 'vitest';
import { TableRefused } from '#runtime/tables/faults.ts';
import { tableFrom } from '#runtime/tables/table-file.ts';
import { unpackedBytes } from '#runtime/tables/unpacked-bytes.ts';
import { toXlsx } from '#runtime/tables/xlsx.ts';
import { zipped } from './zipped.ts';

const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const headings = ['id (first)', 'name ja', 'name en', 'usage.hour (range)', 'usage.date (equal)', 'unitPrice'];
const text = (value: string): string => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const heading = `<row r="1">${[...headings, 'unitSize', 'connectFee'].map(text).join('')}</row>`;

/** A workbook as Excel saves one: texts elsewhere, days as numbers with a style. */
const workbook = (rows: string): Uint8Array => zipped(filesOf(rows));

const filesOf = (rows: string): Record<string, string> => ({
  '[Content_Types].xml': '<Types/>',
  '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${related}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns:r="${related}"><workbookPr/><sheets><sheet name="料金" sheetId="1" r:id="rId7"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId7" Type="${related}/worksheet" Target="worksheets/sheet3.xml"/><Relationship Id="rId8" Type="${related}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId9" Type="${related}/styles" Target="styles.xml"/></Relationships>`,
  'xl/sharedStrings.xml':
    '<sst><si><t>夜間</t><rPh sb="0" eb="2"><t>ヤカン</t></rPh></si><si><r><t>ni</t></r><r><t>ght</t></r></si></sst>',
  'xl/styles.xml':
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>',
  'xl/worksheets/sheet3.xml': `<worksheet><sheetData>${heading}${rows}</sheetData></worksheet>`,
});

const night = (price: string, hour = text('&gt;= 22')): string =>
  `<row r="3">${text('night')}<c t="s"><v>0</v></c><c t="s"><v>1</v></c>${hour}<c r="E3" s="1"><v>46113</v></c>${price}</row>`;

const faultsOf = async (file: Uint8Array): Promise<unknown> => {
  try {
    return await tableFrom(file);
  } catch (refusal) {
    return refusal instanceof TableRefused
      ? refusal.faults.map(({ code, values }) => [code, values['row'], values['column']].filter((each) => each))
      : (refusal as Error).message;
  }
};

describe('a workbook from Excel', () => {
  it('is read without the readings of its names, its days as days, its prices as they were typed', async () => {
    // 46113 days after 30 December 1899 is 1 April 2026; Excel keeps 8.3 as the nearest number that it has.
    const rows = night('<c s="2"><v>8.3000000000000007</v></c><c><v>1E-3</v></c>');
    expect(await tableFrom(workbook(rows))).toEqual({
      model: 'matrix',
      hit: 'first',
      columns: [
        { fact: 'usage.hour', match: 'range' },
        { fact: 'usage.date', match: 'equal' },
      ],
      rows: [
        {
          id: 'night',
          name: { ja: '夜間', en: 'night' },
          when: [{ from: '22', to: null }, '2026-04-01'],
          unitPrice: '8.3',
          unitSize: '0.001',
        },
      ],
    });
  });

  it('is refused cell by cell, all of them at once', async () => {
    const rows = `${night('<c r="F3"><f>E3*2</f><v>16</v></c>', text('[1..'))}<row r="4">${text('x')}<c r="D4" t="e"><v>#N/A</v></c><c r="E4" s="1"><v>46113.5</v></c></row>`;
    expect(await faultsOf(workbook(rows))).toEqual([
      ['table-formula', 3, 'F'],
      ['table-cell', 4, 'D'],
      ['table-cell', 4, 'E'],
      ['table-cell', 3, 'D'],
      ['table-without-price', 4],
    ]);
  });

  it('whose cell says = and more as text holds that text, not a formula', async () => {
    const hour = text('&quot;=1+1&quot;');
    expect(await faultsOf(workbook(night('<c r="F3"><v>1</v></c>', hour)))).toMatchObject({
      rows: [{ when: ['=1+1', '2026-04-01'] }],
    });
  });

  it('is refused where it is too large, broken, or none', async () => {
    const far = '<row r="2"><c r="A30000"><v>1</v></c></row>';
    const wide = '<row r="2"><c r="BM2"><v>1</v></c></row>';
    expect(await faultsOf(workbook(far))).toBe('table-too-large');
    expect(await faultsOf(workbook(wide))).toBe('table-too-large');
    expect(await faultsOf(workbook('').subarray(0, 400))).toBe('table-not-xlsx');
    expect(await faultsOf(zipped({ 'word/document.xml': '<document/>' }))).toBe('table-not-xlsx');
    expect(await faultsOf(Uint8Array.of(0x50, 0x4b, 3, 4))).toBe('table-not-xlsx');
  });

  it('that unpacks to more than it may is not unpacked, whatever it says of itself', async () => {
    const bomb = filesOf(`<!-- ${'0'.repeat(100_000)} -->`);
    expect(await faultsOf(zipped(bomb, 70_000_000))).toBe('table-too-large');
    expect(await faultsOf(zipped(bomb, 0))).toBe('table-too-large');
    // It says that it is small: no more of it is taken, and the rest missed.
    expect(await faultsOf(zipped(bomb, 10))).toBe('table-not-xlsx');
    expect(await faultsOf(zipped(bomb))).toMatchObject({ rows: [] });
  });

  it('that our own table leaves in says of itself what it comes to', async () => {
    const row = { id: 'night', when: ['=1+1 _x0041_'], unitPrice: '0.000000000001', connectFee: '8.3' };
    const table = {
      model: 'matrix' as const,
      hit: 'first' as const,
      columns: [{ fact: 'usage.destination', match: 'equal' as const }],
      rows: [row],
    };
    const left = await toXlsx(table);
    expect(unpackedBytes(left)).toBeGreaterThan(left.length);
    expect(await tableFrom(left)).toEqual(table);
  });
});

describe('a CSV file', () => {
  it('as a Japanese Excel saves it is read in its own code', async () => {
    const [before, after] = [`${headings.join(',')},unitSize,connectFee\nnight,`, ',night,>= 22,-,8,,\n'];
    // 夜 in Shift_JIS.
    const file = Buffer.concat([Buffer.from(before), Buffer.from([0x96, 0xe9]), Buffer.from(after)]);
    expect((await tableFrom(file)).rows[0]?.name).toEqual({ ja: '夜', en: 'night' });
  });
});
