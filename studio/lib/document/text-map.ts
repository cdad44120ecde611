/**
 * Where in the text of a JSON document does each value stand?
 * Brackets are matched once; what lies between them is read when somebody asks: a table of 5,000 rows costs milliseconds.
 * Also called: source map, offset of a JSON pointer, 位置.
 */
import { segmentsOf } from './pointer.ts';

/** A stretch of text: `end` is the first character that no longer belongs to it. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

/** A value within an object or a list. */
export interface Child extends Place {
  readonly name: string | number;
  /** Where it begins with its name, in an object; in a list the same as `start`. */
  readonly from: number;
}

const [quote, backslash] = [0x22, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];
const space = /\s*/y;
const string = /"(?:[^"\\]|\\.)*"/y;
const scalar = /[^\s,\]}]+/y;

/** Of a text that is known to be JSON. */
export class TextMap {
  readonly text: string;
  /** The closing bracket of each opening one. */
  readonly #closing = new Map<number, number>();
  readonly #children = new Map<number, readonly Child[]>();
  #lineStarts: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
    const open: number[] = [];
    // By character codes: this runs over megabytes each time a cell is written.
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === quote) at = closingQuote(text, at);
      else if (code === openBracket || code === openBrace) open.push(at);
      else if (code === closeBracket || code === closeBrace) this.#closing.set(open.pop() ?? 0, at);
    }
  }

  get root(): Place {
    return this.#valueAt(endOf(space, this.text, 0));
  }

  /** The place of the value that the pointer names. */
  at(pointer: string): Place | undefined {
    let place: Place | undefined = this.root;
    for (const segment of segmentsOf(pointer)) {
      if (place === undefined) return undefined;
      const children = this.children(place);
      place = this.isList(place) ? children[indexOf(segment)] : children.find(({ name }) => name === segment);
    }
    return place;
  }

  /** The values within the object or list at `place`, in their order. */
  children(place: Place): readonly Child[] {
    const known = this.#children.get(place.start) ?? this.#read(place);
    this.#children.set(place.start, known);
    return known;
  }

  isList(place: Place): boolean {
    return this.text[place.start] === '[';
  }

  isObject(place: Place): boolean {
    return this.text[place.start] === '{';
  }

  slice({ start, end }: Place): string {
    return this.text.slice(start, end);
  }

  /** The white space that the line of `offset` begins with. */
  indentAt(offset: number): string {
    const line = this.lineStart(offset);
    return this.text.slice(line, line + (/^[ \t]*/.exec(this.text.slice(line, offset))?.[0].length ?? 0));
  }

  /** Where the line of `offset` begins. */
  lineStart(offset: number): number {
    const starts = (this.#lineStarts ??= lineStartsOf(this.text));
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return starts[low] ?? 0;
  }

  #read(place: Place): Child[] {
    const isList = this.isList(place);
    if (!isList && !this.isObject(place)) return [];
    const children: Child[] = [];
    for (let at = this.#skip(place.start + 1); at < place.end - 1;) {
      const from = at;
      let name: string | number = children.length;
      if (!isList) {
        const end = endOf(string, this.text, at);
        name = JSON.parse(this.text.slice(at, end)) as string;
        at = this.#skip(this.#skip(end) + 1);
      }
      const value = this.#valueAt(at);
      children.push({ ...value, name, from });
      at = this.#skip(value.end);
      if (this.text[at] === ',') at = this.#skip(at + 1);
    }
    return children;
  }

  #valueAt(start: number): Place {
    const closing = this.#closing.get(start);
    if (closing !== undefined) return { start, end: closing + 1 };
    return { start, end: endOf(this.text[start] === '"' ? string : scalar, this.text, start) };
  }

  #skip(at: number): number {
    return endOf(space, this.text, at);
  }
}

/** -1, which no list has, for a segment that is no index. */
const indexOf = (segment: string): number => (/^\d+$/.test(segment) ? Number(segment) : -1);

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return at + (pattern.exec(text)?.[0].length ?? 0);
}

/** The quotation mark that ends the string which begins at `at`: the first one after an even number of backslashes. */
function closingQuote(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return text.length;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
