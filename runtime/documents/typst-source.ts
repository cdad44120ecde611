/**
 * How does a page become print? Also called: PDF, 帳票印刷, typesetting. The same markup that is shown on screen is turned
 * into calls of the form's `print.typ`; whatever was text there is a string literal here, and can do nothing.
 */
import { parseDocument } from 'htmlparser2';
import { barcodeSvg } from './barcode.ts';

interface Element {
  readonly tag: string;
  readonly classes: readonly string[];
  readonly span: number;
  readonly children: readonly Node[];
}
type Node = Element | string;

/** The body of a page as typst source that a form's `print.typ` knows how to draw. */
export function typstSource(
  html: string,
  about: { readonly title: string; readonly language: string; readonly number: string },
): string {
  const body = elementsOf(parseDocument(html).children).map(draw).join('\n');
  const { title, language, number } = about;
  return [
    '#import "/print.typ": barcode, el, sheet, tbl',
    `#show: sheet.with(title: ${literal(title)}, language: ${literal(language)}, number: ${literal(number)})`,
    ...(body === '' ? [] : [`#{\n${body}\n}`]),
    '',
  ].join('\n');
}

/** A string literal of typst: only the backslash and the quotation mark mean anything in one. */
export function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

function draw(node: Node): string {
  if (typeof node === 'string') return literal(node);
  if (node.tag === 'table') return drawTable(node);
  if (node.classes.includes('barcode')) {
    const label = textOf(node);
    return `barcode(${literal(barcodeSvg(label))}, ${literal(label)})`;
  }
  return `el(${literal(node.tag)}, ${array(node.classes.map(literal))}, ${array(node.children.map((child) => `[#${draw(child)}]`))})`;
}

/** Tables keep their shape: a head that comes again on every page, rows of cells, a foot. */
function drawTable(table: Element): string {
  const part = (tag: string): readonly Element[] =>
    elements(table)
      .filter((child) => child.tag === tag)
      .flatMap(elements);
  const rows = (list: readonly Element[]): string => array(list.map(drawRow));
  const [head, body, foot] = [part('thead'), part('tbody'), part('tfoot')];
  const columns = Math.max(
    1,
    ...[...head, ...body].map((row) => elements(row).reduce((sum, cell) => sum + cell.span, 0)),
  );
  const caption = elements(table).find((child) => child.tag === 'caption');
  return `tbl(${array(table.classes.map(literal))}, ${columns}, ${caption === undefined ? 'none' : literal(textOf(caption))}, ${rows(head)}, ${rows(body)}, ${rows(foot)})`;
}

function drawRow(row: Element): string {
  const cells = elements(row).map(
    (cell) =>
      `(classes: ${array(cell.classes.map(literal))}, span: ${cell.span}, head: ${cell.tag === 'th'}, content: [${cell.children.map((child) => `#${draw(child)}`).join('')}])`,
  );
  return `(classes: ${array(row.classes.map(literal))}, cells: ${array(cells)})`;
}

/** An array of typst; one of a single member needs its comma. */
const array = (members: readonly string[]): string => `(${members.map((member) => `${member}, `).join('')})`;

const elements = (node: Element): readonly Element[] => node.children.filter((child) => typeof child !== 'string');

const textOf = (node: Node): string => (typeof node === 'string' ? node : node.children.map(textOf).join(''));

type Parsed = ReturnType<typeof parseDocument>['children'];

/** The parsed nodes, without the white space that only lays out the source. */
function elementsOf(nodes: Parsed): readonly Node[] {
  return nodes.flatMap((node): Node[] => {
    if (node.type === 'text' && 'data' in node) {
      const text = node.data.replaceAll(/[ \t\r]*\n[ \t]*/g, node.data.trim() === '' ? '' : '\n');
      return text.trim() === '' && text !== ' ' ? [] : [text];
    }
    if (!('name' in node) || !('children' in node)) return [];
    const { class: classes = '', colspan = '1' } = node.attribs;
    return [
      {
        tag: node.name,
        classes: classes.split(/\s+/).filter(Boolean),
        span: Number(colspan),
        children: elementsOf(node.children as Parsed),
      },
    ];
  });
}
