/**
 * What can be done to a document, from whichever view, and which characters of its text does that change?
 * What is not touched keeps its form: order, white space, line breaks. Also called: edit operation, JSON patch, 編集操作.
 */
import { isCompact, written, type Layout } from './layout.ts';
import { nameIn, parentOf, selfAndHolders } from './pointer.ts';
import { applied, inOrder, type Step, type TextEdit } from './text-edits.ts';
import { TextMap, type Child, type Place } from './text-map.ts';

export type Command =
  /** The value becomes this one. A field that is not there is put where `order`, the order of the schema, has it. */
  | { readonly do: 'set'; readonly at: string; readonly value: unknown; readonly order?: readonly string[] }
  /** A field goes, or an item of a list. */
  | { readonly do: 'remove'; readonly at: string }
  /** Items come into the list before the item `index`; a list that is not there yet comes with them. */
  | { readonly do: 'insert'; readonly at: string; readonly index: number; readonly values: readonly unknown[] }
  /** Items leave the list. */
  | { readonly do: 'removeItems'; readonly at: string; readonly indexes: readonly number[] }
  /** An item takes another's place; those between move up. */
  | { readonly do: 'move'; readonly at: string; readonly from: number; readonly to: number }
  /** An item once more, right after itself, with other values for the fields that have to differ. */
  | {
      readonly do: 'duplicate';
      readonly at: string;
      readonly index: number;
      readonly differing?: Readonly<Record<string, unknown>>;
    };

/**
 * The steps that carry out `commands`, one after the other, on a text that is JSON. A command whose place is not there does nothing.
 * Commands that do not touch each other share a step: a pasted block of cells takes as many passes over the text as one of its rows.
 */
export function stepsOf(text: string, commands: readonly Command[]): Step[] {
  const steps: Step[] = [];
  let current = text;
  for (let waiting = commands; waiting.length > 0;) {
    const pass = new Pass(current);
    // What touches something that waits has to wait as well, so that each finds what those before it left.
    waiting = waiting.filter((command) => {
      const mustWait = pass.touches(command);
      pass.takePlace(command);
      if (!mustWait) pass.carryOut(command);
      return mustWait;
    });
    steps.push(pass.step);
    current = applied(current, pass.step);
  }
  return steps.filter((step) => step.length > 0);
}

/** How far before a value one looks for the thing that holds it. */
const longestLook = 2000;

/** Commands that are read against one and the same text. */
class Pass {
  readonly map: TextMap;
  readonly #edits: TextEdit[] = [];
  readonly #compact: boolean;
  /** Where something changes, now or in a pass to come, and all that holds it. */
  readonly #changed = new Set<string>();
  readonly #holders = new Set<string>();

  constructor(text: string) {
    this.map = new TextMap(text);
    this.#compact = isCompact(text);
  }

  get step(): Step {
    return inOrder(this.#edits);
  }

  touches(command: Command): boolean {
    const place = placeOf(command, this.map);
    return this.#holders.has(place) || selfAndHolders(place).some((each) => this.#changed.has(each));
  }

  takePlace(command: Command): void {
    const place = placeOf(command, this.map);
    this.#changed.add(place);
    for (const holder of selfAndHolders(place)) this.#holders.add(holder);
  }

  carryOut(command: Command): void {
    this.#edits.push(...this.#editsOf(command));
  }

  #editsOf(command: Command): TextEdit[] {
    const place = this.map.at(command.at);
    if (command.do === 'set') return place === undefined ? this.#add(command) : [this.#replace(place, command.value)];
    if (place === undefined)
      return command.do === 'insert' ? this.#add({ do: 'set', at: command.at, value: command.values }) : [];
    if (command.do === 'remove') return this.#remove(command.at);
    const items = this.map.children(place);
    switch (command.do) {
      case 'insert':
        return this.#insert(place, items, command.index, command.values);
      case 'removeItems':
        return this.#removeRuns(place, items, new Set(command.indexes));
      case 'move':
        return this.#move(items, command.from, command.to);
      case 'duplicate':
        return this.#duplicate(items, command.index, command.differing ?? {});
    }
  }

  #layout(at: number, oneLine: boolean): Layout {
    return { indent: this.map.indentAt(at), oneLine, compact: this.#compact };
  }

  #replace(place: Place, value: unknown): TextEdit {
    const before = this.map.slice(place);
    const line = this.map.lineStart(place.start);
    // A machine may write all on one line: a glance at the end of a line that long says enough.
    const holder = this.map.text.slice(Math.max(line, place.start - longestLook), place.start);
    // Within a thing that stands on one line, all does; else what was on one line stays on it.
    const oneLine = /[{[].*\S/.test(holder) || (/^[{[] ?\S{2}/.test(before) && !before.includes('\n'));
    return { at: place.start, remove: before.length, insert: written(value, this.#layout(place.start, oneLine)) };
  }

  /** Puts a field into the object that is to hold it; when that is not there either, with it. */
  #add({ at, value, order = [] }: Extract<Command, { do: 'set' }>): TextEdit[] {
    const holder = this.map.at(parentOf(at));
    const name = nameIn(at);
    if (holder === undefined)
      return at === '' ? [] : this.#add({ do: 'set', at: parentOf(at), value: { [name]: value } });
    if (this.map.isList(holder)) {
      const items = this.map.children(holder);
      return this.#insert(holder, items, Math.min(Number(name), items.length), [value]);
    }
    if (!this.map.isObject(holder)) return [];
    const fields = this.map.children(holder);
    if (fields.length === 0) return [this.#replace(holder, { [name]: value })];
    const mine = order.indexOf(name);
    const index =
      mine < 0 ? fields.length : fields.findLastIndex((each) => order.indexOf(String(each.name)) < mine) + 1;
    const field = (layout: Layout): string => `${JSON.stringify(name)}: ${written(value, layout)}`;
    return [this.#between(holder, fields, index, (layout) => [field(layout)])];
  }

  #insert(list: Place, items: readonly Child[], index: number, values: readonly unknown[]): TextEdit[] {
    if (values.length === 0) return [];
    if (items.length === 0) {
      const indent = this.map.indentAt(list.start);
      const layout = { indent, oneLine: false, compact: this.#compact };
      // A list of things has a line for each, even where they would all fit on one.
      const lines = values.some((value) => typeof value === 'object' && value !== null);
      const inner = { ...layout, indent: `${indent}  ` };
      const insert = lines
        ? `[\n${values.map((value) => `${inner.indent}${written(value, inner)}`).join(',\n')}\n${indent}]`
        : written(values, layout);
      return [{ at: list.start, remove: list.end - list.start, insert }];
    }
    const like = items[Math.max(0, index - 1)] ?? items[0]!;
    const oneLine = !this.map.slice(like).includes('\n') && /^[{[] ?\S{2}/.test(this.map.slice(like));
    return [
      this.#between(list, items, index, (layout) =>
        values.map((value) => written(value, { ...layout, oneLine: layout.oneLine || oneLine })),
      ),
    ];
  }

  /** Texts between two children, set apart as the children are. */
  #between(
    holder: Place,
    children: readonly Child[],
    index: number,
    textsIn: (layout: Layout) => readonly string[],
  ): TextEdit {
    const [first] = children as [Child];
    const onLines = this.map.text.slice(holder.start, first.from).includes('\n');
    const layout = this.#layout(first.from, !onLines);
    const gap = onLines ? `\n${layout.indent}` : ' ';
    const texts = textsIn(layout);
    const before = children[index - 1];
    if (before !== undefined)
      return { at: before.end, remove: 0, insert: texts.map((text) => `,${gap}${text}`).join('') };
    return { at: first.from, remove: 0, insert: texts.map((text) => `${text},${gap}`).join('') };
  }

  #remove(at: string): TextEdit[] {
    const holder = this.map.at(parentOf(at));
    if (at === '' || holder === undefined) return [];
    const children = this.map.children(holder);
    return this.#removeRuns(holder, children, new Set([children.findIndex(({ name }) => String(name) === nameIn(at))]));
  }

  #removeRuns(holder: Place, children: readonly Child[], gone: ReadonlySet<number>): TextEdit[] {
    const kept = children.filter((_, index) => !gone.has(index));
    if (kept.length === children.length) return [];
    if (kept.length === 0) return [{ at: holder.start + 1, remove: holder.end - holder.start - 2, insert: '' }];
    const edits: TextEdit[] = [];
    for (let index = 0; index < children.length; index += 1) {
      if (!gone.has(index)) continue;
      let last = index;
      while (gone.has(last + 1)) last += 1;
      const before = children[index - 1];
      const from = before === undefined ? children[index]!.from : before.end;
      const to = before === undefined ? children[last + 1]!.from : children[last]!.end;
      edits.push({ at: from, remove: to - from, insert: '' });
      index = last;
    }
    return edits;
  }

  /** Each of the places between takes the text of the item that now stands there. */
  #move(items: readonly Child[], from: number, to: number): TextEdit[] {
    const moved = items[from];
    if (moved === undefined || items[to] === undefined || from === to) return [];
    const order = items.toSpliced(from, 1).toSpliced(to, 0, moved);
    return items.flatMap((item, index) => {
      const now = order[index] ?? item;
      return now === item ? [] : [{ at: item.start, remove: item.end - item.start, insert: this.map.slice(now) }];
    });
  }

  #duplicate(items: readonly Child[], index: number, differing: Readonly<Record<string, unknown>>): TextEdit[] {
    const item = items[index];
    if (item === undefined) return [];
    const sets = Object.entries(differing).map(([name, value]): Command => ({ do: 'set', at: `/${name}`, value }));
    const copy = stepsOf(this.map.slice(item), sets).reduce(applied, this.map.slice(item));
    const after = items[index + 1];
    const before = items[index - 1];
    const gap =
      after !== undefined
        ? this.map.text.slice(item.end, after.from)
        : before !== undefined
          ? this.map.text.slice(before.end, item.from)
          : `,${this.map.text.slice(this.map.text.lastIndexOf('[', item.from) + 1, item.from) || ' '}`;
    return [{ at: item.end, remove: 0, insert: gap + copy }];
  }
}

/** What a command changes the form of: the value itself, or the object or list around it. */
function placeOf(command: Command, map: TextMap): string {
  if (command.do === 'remove') return parentOf(command.at);
  return map.at(command.at) === undefined ? parentOf(command.at) : command.at;
}
