/**
 * Which document is being edited? Its text is the truth; sentences, form, table and JSON are views of it.
 * All of them change it here, by commands or by typing, onto one undo stack. Also called: document model, editor state, 編集中の文書.
 */
import { stepsOf, type Command } from './commands.ts';
import { History } from './history.ts';
import { valueAt } from './pointer.ts';
import { readingOf, type Reading } from './reading.ts';
import { applied, between, type Step } from './text-edits.ts';
import { TextMap } from './text-map.ts';

/** Told of every change, with who made it, so that a view need not hear of its own. */
export type Listener = (steps: readonly Step[], by: object | undefined) => void;

export interface How {
  /** What follows closely with the same word is undone together. */
  readonly group?: string;
  /** The view that made the change. */
  readonly by?: object;
}

export class RulesetDocument {
  #text = $state.raw('');
  /** Counts up with each change. */
  #changes = $state(0);
  readonly #history = new History();
  #listeners: readonly Listener[] = [];
  readonly #reading: Reading = $derived(readingOf(this.#text));
  #lastRead: unknown;
  #map: TextMap | undefined;

  constructor(text: string) {
    this.#text = text.replaceAll('\r\n', '\n');
  }

  get text(): string {
    return this.#text;
  }

  get reading(): Reading {
    return this.#reading;
  }

  /** What the text says or, while it cannot be read, what it said last. */
  get value(): unknown {
    if (this.#reading.fault === undefined) this.#lastRead = this.#reading.document;
    return this.#lastRead;
  }

  /** True while the text cannot be read: the other views only show then. */
  get isBroken(): boolean {
    return this.#reading.fault !== undefined;
  }

  /** Where each value stands, as long as the text can be read. */
  get map(): TextMap | undefined {
    if (this.isBroken) return undefined;
    if (this.#map?.text !== this.#text) this.#map = new TextMap(this.#text);
    return this.#map;
  }

  get canUndo(): boolean {
    return this.#changes >= 0 && this.#history.canUndo;
  }

  get canRedo(): boolean {
    return this.#changes >= 0 && this.#history.canRedo;
  }

  at(pointer: string): unknown {
    return valueAt(this.value, pointer);
  }

  /** Carries the commands out as one change; false, and nothing happens, while the text cannot be read. */
  run(commands: readonly Command[], how: How = {}): boolean {
    if (this.isBroken) return false;
    this.#change(stepsOf(this.#text, commands), { ...how, place: commands[0]?.at });
    return true;
  }

  /** Takes over what was typed into the text itself. */
  type(step: Step, how: How = {}): void {
    this.#change([step], { ...how, place: undefined });
  }

  /** The text becomes another one, as one change. */
  replaceText(text: string, how: How = {}): void {
    this.#change([between(this.#text, text.replaceAll('\r\n', '\n'))], { ...how, place: undefined });
  }

  /** What comes next is undone by itself. */
  closeGroup(): void {
    this.#history.close();
  }

  /** Takes the last change back, and says where it was. */
  undo(): string | undefined {
    return this.#go(this.#history.undo());
  }

  redo(): string | undefined {
    return this.#go(this.#history.redo());
  }

  /** Gives back how to stop listening. */
  listen(listener: Listener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((each) => each !== listener);
    };
  }

  #change(steps: readonly Step[], { place, group, by }: How & { place: string | undefined }): void {
    // A field that says on leaving what it said already has changed nothing that could be taken back.
    if (steps.reduce(applied, this.#text) === this.#text) return;
    this.#history.record(this.#text, { steps, place, group }, performance.now());
    this.#write(steps, by);
  }

  #go(move: ReturnType<History['undo']>): string | undefined {
    if (move === undefined) return undefined;
    this.#write(move.steps, undefined);
    return move.place;
  }

  #write(steps: readonly Step[], by: object | undefined): void {
    // Read before it is left behind: what it said is shown for as long as the new text cannot be read.
    void this.value;
    this.#text = steps.reduce(applied, this.#text);
    this.#changes += 1;
    for (const listener of this.#listeners) listener(steps, by);
  }
}
