/**
 * May a form be laid out at all? It arranges what the model holds: plain markup, escaped values, `if`, `unless`, `each`,
 * partials by name. Nothing that calls, that looks behind a value, or that grows beyond a page.
 * Also called: template sandbox, AST whitelist, テンプレートの制限.
 */
import Handlebars from 'handlebars';
import { Refusal, type RefusalValues } from '#runtime/services/refusal.ts';

export type FormFaultCode =
  | 'form-too-large'
  | 'form-malformed'
  | 'form-too-deep'
  | 'form-loops-too-deep'
  | 'form-calls'
  | 'form-unescaped'
  | 'form-name-forbidden'
  | 'form-partial-unknown'
  | 'form-partial-recursive'
  | 'form-element'
  | 'form-attribute';

/** A form that is not laid out, and why: words are `refusal.<code>`. */
export class FormFault extends Refusal {
  constructor(code: FormFaultCode, values: RefusalValues = {}) {
    super(code, values, 422);
    this.name = 'FormFault';
  }
}

const limits = { characters: 64 * 1024, blocks: 16, loops: 2, partials: 100 } as const;

const plainElements = new Set(
  'header section div h1 h2 p span dl dt dd table caption thead tbody tfoot tr th td'.split(' '),
);
const plainAttributes = new Set(['class', 'scope', 'colspan']);
const plainBlocks = new Set(['if', 'unless', 'each']);
/** The model as a whole, and where one is in a list. */
const plainData = new Set(['root', 'index', 'first', 'last']);
const forbiddenNames = /^(constructor|prototype|__\w+__)$/;

/** The source and, by name, all partials that it comes to use; throws a `FormFault` that names what a form may not hold. */
export function plainForm(source: string, partial: (name: string) => string): ReadonlyMap<string, string> {
  const partials = new Map<string, string>();
  const judge = new Judge((name) => {
    const known = partials.get(name) ?? partialText(partial, name);
    partials.set(name, known);
    return known;
  });
  judge.source(source, { blocks: 0, loops: 0, within: [] });
  return partials;
}

function partialText(partial: (name: string) => string, name: string): string {
  try {
    return partial(name);
  } catch {
    throw new FormFault('form-partial-unknown', { name });
  }
}

interface Depth {
  readonly blocks: number;
  readonly loops: number;
  /** The partials that this is within. */
  readonly within: readonly string[];
}

class Judge {
  readonly #partial: (name: string) => string;
  #used = 0;

  constructor(partial: (name: string) => string) {
    this.#partial = partial;
  }

  source(source: string, depth: Depth): void {
    if (source.length > limits.characters)
      throw new FormFault('form-too-large', { of: 'characters', most: limits.characters });
    const program = parsed(source);
    checkMarkup(contentOf(program));
    this.#program(program, depth);
  }

  #program({ body }: hbs.AST.Program, depth: Depth): void {
    if (depth.blocks > limits.blocks) throw new FormFault('form-too-deep', { most: limits.blocks });
    for (const statement of body) this.#statement(statement, depth);
  }

  #statement(statement: hbs.AST.Statement, depth: Depth): void {
    switch (statement.type) {
      case 'ContentStatement':
      case 'CommentStatement':
        return;
      case 'MustacheStatement': {
        const { path, params, hash, escaped } = statement as hbs.AST.MustacheStatement;
        if (!escaped) throw new FormFault('form-unescaped');
        if (params.length > 0 || hash !== undefined)
          throw new FormFault('form-calls', { what: 'original' in path ? String(path.original) : path.type });
        return checkPath(path);
      }
      case 'BlockStatement':
        return this.#block(statement as hbs.AST.BlockStatement, depth);
      case 'PartialStatement':
        return this.#partialStatement(statement as hbs.AST.PartialStatement, depth);
      default:
        throw new FormFault('form-calls', { what: statement.type });
    }
  }

  #block({ path, params, hash, program, inverse }: hbs.AST.BlockStatement, depth: Depth): void {
    const [of] = params;
    if (!plainBlocks.has(String(path.original)) || params.length !== 1 || of === undefined || hash !== undefined)
      throw new FormFault('form-calls', { what: String(path.original) });
    checkPath(of);
    const loops = depth.loops + (path.original === 'each' ? 1 : 0);
    if (loops > limits.loops) throw new FormFault('form-loops-too-deep', { most: limits.loops });
    const inner = { ...depth, blocks: depth.blocks + 1, loops };
    for (const each of [program, inverse]) if (each !== undefined && each !== null) this.#program(each, inner);
  }

  #partialStatement({ name, params, hash }: hbs.AST.PartialStatement, depth: Depth): void {
    const called = name.type === 'PathExpression' ? (name as hbs.AST.PathExpression).original : '';
    if (params.length > 0 || hash !== undefined || !/^[a-z][a-z0-9-]*$/.test(called))
      throw new FormFault('form-calls', { what: `> ${called}` });
    if (depth.within.includes(called)) throw new FormFault('form-partial-recursive', { name: called });
    this.#used += 1;
    if (this.#used > limits.partials) throw new FormFault('form-too-large', { of: 'partials', most: limits.partials });
    this.source(this.#partial(called), { ...depth, within: [...depth.within, called] });
  }
}

function parsed(source: string): hbs.AST.Program {
  // A tree that was handed over instead of a text could hold code.
  if (typeof source !== 'string') throw new FormFault('form-malformed', { line: 1 });
  // Counted before it is read: reading blocks within blocks takes ever longer.
  let open = 0;
  for (const [, sign] of source.matchAll(/\{\{~?([#/])/g)) {
    open += sign === '#' ? 1 : -1;
    if (open > limits.blocks) throw new FormFault('form-too-deep', { most: limits.blocks });
  }
  try {
    return Handlebars.parse(source);
  } catch (error) {
    if (error instanceof RangeError) throw new FormFault('form-too-deep', { most: limits.blocks });
    throw new FormFault('form-malformed', { line: lineOf(error) });
  }
}

/** The line that the reader of the language stumbled over, from 1. */
function lineOf(error: unknown): number {
  const found = /(?:on line |- )(\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  return Number(found ?? 1);
}

function checkPath(path: hbs.AST.Expression): void {
  if (path.type !== 'PathExpression') throw new FormFault('form-calls', { what: path.type });
  const { parts, data } = path as hbs.AST.PathExpression;
  if (data && !plainData.has(parts[0] ?? '')) throw new FormFault('form-calls', { what: `@${String(parts[0] ?? '')}` });
  const forbidden = parts.find((part) => typeof part !== 'string' || forbiddenNames.test(part));
  if (forbidden !== undefined) throw new FormFault('form-name-forbidden', { name: String(forbidden) });
}

/** The markup with nothing in the place of values. */
function contentOf({ body }: hbs.AST.Program): string {
  return body
    .map((statement) => {
      if (statement.type === 'ContentStatement') return (statement as hbs.AST.ContentStatement).original.toString();
      if (statement.type !== 'BlockStatement') return '';
      const { program, inverse } = statement as hbs.AST.BlockStatement;
      return [program, inverse].map((each) => (each === undefined || each === null ? '' : contentOf(each))).join('');
    })
    .join('');
}

function checkMarkup(markup: string): void {
  for (const [, element = '', attributes = ''] of markup.matchAll(/<\/?([^\s>/<]*)([^><]*)>?/g)) {
    if (!plainElements.has(element)) throw new FormFault('form-element', { element });
    for (const [, attribute = '', quotation] of attributes.matchAll(/(?:^|\s)([^\s=]+)\s*=\s*(["']?)/g)) {
      if (quotation === '') throw new FormFault('form-attribute', { attribute, because: 'unquoted' });
      if (!plainAttributes.has(attribute)) throw new FormFault('form-attribute', { attribute, because: 'not-plain' });
    }
  }
}
