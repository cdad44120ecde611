/**
 * Is what was typed safe, and if not, why not? Drafts are saved as one types; what could not be saved yet is kept in the browser.
 * Also called: autosave, optimistic locking, offline, 自動保存, 競合.
 */

/** Why the server did not save. `changed-meanwhile`: somebody else did since; `revision` is theirs. */
export interface SaveRefusal {
  readonly code: string;
  readonly text: string;
  readonly revision?: number;
}

export type SaveAnswer = { readonly revision: number; readonly savedAt: string } | { readonly refusal: SaveRefusal };

export type SaveState = 'saved' | 'waiting' | 'saving' | 'offline' | 'conflict' | 'refused';

export interface Surroundings {
  /** Throws when the server cannot be reached. */
  readonly save: (text: string, revision: number) => Promise<SaveAnswer>;
  /** Keeps what is not saved yet in the browser; nothing to keep when undefined. */
  readonly keep: (unsaved: { readonly text: string; readonly revision: number } | undefined) => void;
  /** Does the work after a while; gives back how to call it off. */
  readonly later: (work: () => void, ms: number) => () => void;
  readonly changed: () => void;
}

const pauseMs = 800;
const firstRetryMs = 2000;
const longestRetryMs = 30_000;

export class Autosave {
  state: SaveState = 'saved';
  refusal: SaveRefusal | undefined;
  revision: number;
  savedAt: string;
  #saved: string;
  #latest: string;
  #retryMs = firstRetryMs;
  #callOff: () => void = () => undefined;
  #running: Promise<void> | undefined;
  readonly #around: Surroundings;

  constructor(
    start: { readonly text: string; readonly revision: number; readonly savedAt: string },
    around: Surroundings,
  ) {
    this.revision = start.revision;
    this.savedAt = start.savedAt;
    this.#saved = this.#latest = start.text;
    this.#around = around;
  }

  /** True when leaving now would leave something behind that only this browser knows. */
  get isUnsaved(): boolean {
    return this.#latest !== this.#saved;
  }

  /** The text is this now. It is saved once the person pauses. */
  typed(text: string): void {
    this.#latest = text;
    this.#around.keep(this.isUnsaved ? { text, revision: this.revision } : undefined);
    if (this.state === 'conflict') return;
    if (!this.isUnsaved && this.#running === undefined) return this.#become('saved');
    if (this.state !== 'offline') this.#soon(pauseMs);
  }

  /** Saves now what is not saved, and comes back when that is done or has failed. */
  async flush(): Promise<void> {
    this.#callOff();
    await this.#running;
    if (!this.isUnsaved || this.state === 'conflict') return;
    this.#running = this.#save();
    await this.#running;
  }

  /** Other work that counts up the revision, such as saving a case: after the text, never beside it. */
  async exclusively<Answer extends SaveAnswer>(work: (revision: number) => Promise<Answer>): Promise<Answer> {
    await this.flush();
    const answer = work(this.revision);
    this.#running = answer.then(
      (given) => this.#hear(given),
      () => undefined,
    );
    await this.#running;
    this.#running = undefined;
    return answer;
  }

  /** After a conflict: mine it is, on top of what the other person saved. */
  async overwrite(): Promise<void> {
    this.revision = this.refusal?.revision ?? this.revision;
    this.refusal = undefined;
    this.state = 'waiting';
    await this.flush();
  }

  #soon(ms: number): void {
    this.#callOff();
    this.#callOff = this.#around.later(() => void this.flush(), ms);
    if (this.state !== 'saving' && this.state !== 'offline') this.#become('waiting');
  }

  async #save(): Promise<void> {
    const text = this.#latest;
    this.#become('saving');
    try {
      const answer = await this.#around.save(text, this.revision);
      if (!('refusal' in answer)) this.#saved = text;
      this.#hear(answer);
    } catch {
      this.#become('offline');
      this.#soon(this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, longestRetryMs);
    }
    this.#running = undefined;
  }

  #hear(answer: SaveAnswer): void {
    if ('refusal' in answer) {
      this.refusal = answer.refusal;
      this.#become(answer.refusal.revision === undefined ? 'refused' : 'conflict');
      return;
    }
    this.revision = answer.revision;
    this.savedAt = answer.savedAt;
    this.refusal = undefined;
    this.#retryMs = firstRetryMs;
    this.#around.keep(this.isUnsaved ? { text: this.#latest, revision: this.revision } : undefined);
    this.#become('saved');
    if (this.isUnsaved) this.#soon(pauseMs);
  }

  #become(state: SaveState): void {
    this.state = state;
    this.#around.changed();
  }
}
