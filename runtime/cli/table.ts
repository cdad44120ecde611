/**
 * How do rows look in a terminal? Columns line up, Japanese characters taking two places. Also called: 表, text table.
 */

export interface Column<Row> {
  readonly heading: string;
  readonly of: (row: Row) => string;
  readonly figures?: boolean;
}

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

/** How many places a text takes: '基本料' takes six. */
export function places(text: string): number {
  return [...text].reduce((sum, character) => sum + (wide.test(character) ? 2 : 1), 0);
}

/** The rows under their headings; figures stand to the right. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = [
    columns.map((column) => column.heading),
    ...rows.map((row) => columns.map((column) => column.of(row))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => places(line[index] ?? ''))));
  const cell = (text: string, index: number): string => {
    const space = ' '.repeat((widths[index] ?? 0) - places(text));
    return columns[index]?.figures === true ? space + text : text + space;
  };
  return cells.map((line) => line.map(cell).join('  ').trimEnd()).join('\n');
}
