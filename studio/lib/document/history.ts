/**
 * What was done to the text, and how is it undone and done again?
 * One stack for all views: what was typed into the form is taken back in the table just as well. Also called: undo, redo, 元に戻す, やり直し.
 */
import { applied, inverse, type Step } from './text-edits.ts';

export interface Change {
  /** Each step is of the text that the one before left. */
  readonly steps: readonly Step[];
  /** Where it happened, as a pointer, when that is known. */
  readonly place?: string | undefined;
  /** Changes of one group that follow each other closely are undone together: the letters of a word. */
  readonly group?: string | undefined;
}

interface Entry {
  readonly forward: Step[];
  readonly backward: Step[];
  readonly place: string | undefined;
  readonly group: string | undefined;
  at: number;
}

/** What is to be done to the text now, and where. */
export interface Move {
  readonly steps: readonly Step[];
  readonly place: string | undefined;
}

const mostEntries = 1000;
const togetherForMs = 1500;

export class History {
  readonly #past: Entry[] = [];
  readonly #future: Entry[] = [];

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Remembers a change that `text` is about to undergo; what had been undone cannot be done again after it. */
  record(text: string, { steps, place, group }: Change, now: number): void {
    const backward: Step[] = [];
    let current = text;
    for (const step of steps) {
      backward.unshift(inverse(current, step));
      current = applied(current, step);
    }
    this.#future.length = 0;
    const last = this.#past.at(-1);
    if (last !== undefined && group !== undefined && last.group === group && now - last.at < togetherForMs) {
      last.forward.push(...steps);
      last.backward.unshift(...backward);
      last.at = now;
      return;
    }
    this.#past.push({ forward: [...steps], backward, place, group, at: now });
    if (this.#past.length > mostEntries) this.#past.shift();
  }

  /** What is typed from here on is a change of its own. */
  close(): void {
    const last = this.#past.at(-1);
    if (last !== undefined) last.at = -Infinity;
  }

  undo(): Move | undefined {
    const entry = this.#past.pop();
    if (entry === undefined) return undefined;
    this.#future.push(entry);
    return { steps: entry.backward, place: entry.place };
  }

  redo(): Move | undefined {
    const entry = this.#future.pop();
    if (entry === undefined) return undefined;
    entry.at = -Infinity;
    this.#past.push(entry);
    return { steps: entry.forward, place: entry.place };
  }
}
