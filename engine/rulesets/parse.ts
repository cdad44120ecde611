/**
 * Is this text a JSON document that we are willing to read?
 * Stricter than JSON.parse: no key twice, none of the keys that JavaScript treats as its own, a limit on size and depth.
 * A mistake is named by line and column. Also called: strict JSON, 構文エラー.
 */
import { diagnostic, type DiagnosticCode } from '#engine/diagnostics/catalogue.ts';
import { below } from '#engine/diagnostics/pointer.ts';
import type { Diagnostic } from '#schemas/generated/types.ts';
import { limits } from './limits.ts';

export type Parsed = { readonly document: unknown } | { readonly diagnostic: Diagnostic };

const forbiddenKeys = new Set(['__proto__', 'prototype', 'constructor']);
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
/** All that may stand between quotation marks as it is. */
const plainText = /[^"\\\u0000-\u001f]*/y;
const literals: Readonly<Record<string, unknown>> = { true: true, false: false, null: null };
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/** The document that the text says, its texts in Unicode's composed form (NFC), or the first thing wrong with the text. */
export function parseRuleset(text: string): Parsed {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > limits.bytes) {
    return { diagnostic: diagnostic('document-too-large', '', { bytes: `${bytes}`, limit: `${limits.bytes}` }) };
  }
  try {
    return { document: new Reader(text).whole() };
  } catch (mistake) {
    if (mistake instanceof Mistake) return { diagnostic: mistake.diagnostic };
    throw mistake;
  }
}

class Mistake extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.code);
    this.diagnostic = diagnostic;
  }
}

/** Reads a text from left to right. Depth is limited, so that recursion is. */
class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  whole(): unknown {
    const value = this.#value('', 0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#unexpected('');
    return value;
  }

  #value(path: string, depth: number): unknown {
    this.#skipSpace();
    const next = this.#text[this.#at];
    if (next === '{' || next === '[') {
      if (depth >= limits.nesting) throw this.#mistake('nested-too-deep', path, { limit: `${limits.nesting}` });
      return next === '{' ? this.#object(path, depth + 1) : this.#list(path, depth + 1);
    }
    if (next === '"') return this.#string(path);
    return this.#scalar(path);
  }

  #object(path: string, depth: number): object {
    const object: Record<string, unknown> = {};
    this.#expect('{', path);
    for (let first = true; !this.#take('}'); first = false) {
      if (!first) this.#expect(',', path);
      this.#skipSpace();
      const start = this.#at;
      const key = this.#string(path);
      const refused = forbiddenKeys.has(key)
        ? 'forbidden-key'
        : Object.hasOwn(object, key)
          ? 'duplicate-key'
          : undefined;
      if (refused !== undefined) throw this.#mistake(refused, below(path, key), { key }, start);
      this.#expect(':', path);
      object[key] = this.#value(below(path, key), depth);
    }
    return object;
  }

  #list(path: string, depth: number): unknown[] {
    const list: unknown[] = [];
    this.#expect('[', path);
    for (let first = true; !this.#take(']'); first = false) {
      if (!first) this.#expect(',', path);
      list.push(this.#value(below(path, list.length), depth));
    }
    return list;
  }

  #string(path: string): string {
    if (this.#text[this.#at] !== '"') throw this.#unexpected(path);
    this.#at += 1;
    let string = this.#run(plainText);
    while (this.#text[this.#at] === '\\') string += this.#escape(path) + this.#run(plainText);
    // What ends the text is a quotation mark, or else a control character or the end of the document.
    if (this.#text[this.#at] !== '"') throw this.#unexpected(path);
    this.#at += 1;
    if (!string.isWellFormed()) throw this.#unexpected(path);
    return string.normalize('NFC');
  }

  /** The character that an escape stands for. */
  #escape(path: string): string {
    const next = this.#text[this.#at + 1] ?? '';
    const hex = this.#text.slice(this.#at + 2, this.#at + 6);
    const isHex = next === 'u' && /^[0-9a-fA-F]{4}$/.test(hex);
    const character = isHex ? String.fromCharCode(Number.parseInt(hex, 16)) : escapes[next];
    if (character === undefined) throw this.#unexpected(path);
    this.#at += isHex ? 6 : 2;
    return character;
  }

  /** The characters from here on that the pattern takes. */
  #run(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) as unknown as [string];
    this.#at += found.length;
    return found;
  }

  #scalar(path: string): unknown {
    const start = this.#at;
    const word = this.#run(/[-+.0-9A-Za-z]*/y);
    if (Object.hasOwn(literals, word)) return literals[word];
    if (jsonNumber.test(word) && Number.isFinite(Number(word))) return Number(word);
    this.#at = start;
    throw this.#unexpected(path);
  }

  #skipSpace(): void {
    while (' \n\r\t'.includes(this.#text[this.#at] ?? 'end')) this.#at += 1;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string, path: string): void {
    if (!this.#take(character)) throw this.#unexpected(path);
  }

  #unexpected(path: string): Mistake {
    return this.#mistake('malformed-json', path, foundAt(this.#text, this.#at));
  }

  #mistake(code: DiagnosticCode, path: string, values: Record<string, string>, at = this.#at): Mistake {
    const before = this.#text.slice(0, at).split('\n');
    const column = (before.at(-1)?.length ?? 0) + 1;
    return new Mistake(diagnostic(code, path, { ...values, line: `${before.length}`, column: `${column}` }));
  }
}

/** All from here on that can be seen and stands in a line. */
const visible = /[^\p{C}\p{Zl}\p{Zp}]*/uy;

/** What stands at the place: some text, a character that cannot be seen, by its number, or the end of the text. */
export function foundAt(
  text: string,
  at: number,
): { readonly found: string; readonly what: 'text' | 'character' | 'end' } {
  const next = text.codePointAt(at);
  if (next === undefined) return { found: '', what: 'end' };
  visible.lastIndex = at;
  const [seen = ''] = visible.exec(text) ?? [];
  if (seen !== '') return { found: [...seen.slice(0, 40)].slice(0, 20).join(''), what: 'text' };
  return { found: `U+${next.toString(16).toUpperCase().padStart(4, '0')}`, what: 'character' };
}
