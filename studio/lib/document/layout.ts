/**
 * How is a new value written, so that it looks like what stands around it?
 * Also called: JSON formatting, indentation, 整形, 字下げ.
 */

export interface Layout {
  /** What the line that the value begins on starts with. */
  readonly indent: string;
  /** All on one line, however long. */
  readonly oneLine: boolean;
  /** Small things stand on one line in this document, as a person would write them. */
  readonly compact: boolean;
}

const lineWidth = 120;

/** Whether the document was written by hand rather than by a machine that gives every value a line. */
export const isCompact = (text: string): boolean => /[{[] ?"[^"\n]*"[^{}[\]\n]*[}\]]/.test(text);

export function written(value: unknown, layout: Layout): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const short = onOneLine(value);
  if (layout.oneLine) return short;
  const isSmall = Object.values(value).every((each) => typeof each !== 'object' || each === null);
  const fits = layout.indent.length + short.length <= lineWidth;
  if (isSmall && fits && (layout.compact || Object.keys(value).length === 0)) return short;
  const indent = `${layout.indent}  `;
  const inner = { ...layout, indent };
  const parts = Array.isArray(value)
    ? value.map((each) => written(each, inner))
    : entriesOf(value).map(([key, each]) => `${JSON.stringify(key)}: ${written(each, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.map((part) => indent + part).join(',\n')}\n${layout.indent}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const parts = entriesOf(value).map(([key, each]) => `${JSON.stringify(key)}: ${onOneLine(each)}`);
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

const entriesOf = (value: object): [string, unknown][] =>
  Object.entries(value).filter(([, each]) => each !== undefined);
