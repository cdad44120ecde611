/**
 * How does the sheet of a price table stand in an Excel workbook? Also called: xlsx, Office Open XML, Excel の入出力.
 * Conditions are text, so that Excel takes none for a formula; a price is a number where Excel keeps it digit by digit.
 */
import type { MatrixPrice } from '#schemas/generated/types.ts';
import { isFigure, letterOf, toSheet } from './sheet.ts';
import { xmlText } from './xml-tree.ts';
import { zipped } from './zip.ts';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const related = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
const made = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** A workbook of one sheet; the headings stay in sight. */
export function toXlsx(table: MatrixPrice): Uint8Array {
  const lines = toSheet(table);
  const width = lines[0]?.length ?? 0;
  const rows = lines.map((line, row) => {
    const cells = line.map((text, column) => cell(text, row, column, row > 0 && isFigure(column, width)));
    return `<row r="${row + 1}">${cells.join('')}</row>`;
  });
  const parts = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/worksheets/sheet1.xml', 'worksheet'],
    ['/xl/styles.xml', 'styles'],
  ].map(([name, type]) => `<Override PartName="${name}" ContentType="${made}.${type}+xml"/>`);
  return zipped({
    '[Content_Types].xml': `${head}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${parts.join('')}</Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${related}"><sheets><sheet name="prices" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': styles,
    'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="${width}" width="22" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData></worksheet>`,
  });
}

const relations = (targets: readonly (readonly [string, string])[]): string =>
  `${head}<Relationships xmlns="${packaged}/relationships">${targets
    .map(([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${related}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** Plain, text whatever is typed (49 is '@'), and the headings in bold. */
const styles = `${head}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" applyFont="1" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function cell(text: string, row: number, column: number, isNumber: boolean): string {
  const place = `${letterOf(column)}${row + 1}`;
  if (text === '') return isNumber ? '' : `<c r="${place}" s="1"/>`;
  if (isNumber && String(Number(text)) === text) return `<c r="${place}"><v>${text}</v></c>`;
  const style = row === 0 ? 2 : 1;
  // '_x0041_' would be read as 'A'.
  const written = xmlText(text.replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_'));
  return `<c r="${place}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${written}</t></is></c>`;
}
