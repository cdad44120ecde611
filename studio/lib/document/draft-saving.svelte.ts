/**
 * How is the draft on this page saved? The rules are in autosave.ts; here are the clock, the network and the browser's memory.
 * Also called: autosave wiring, 自動保存.
 */
import { createSubscriber } from 'svelte/reactivity';
import { Autosave, type SaveAnswer, type SaveRefusal, type SaveState } from './autosave.ts';
import type { RulesetDocument } from './ruleset-document.svelte.ts';

export interface DraftToSave {
  readonly id: string;
  readonly text: string;
  readonly revision: number;
  readonly savedAt: string;
}

/** What this browser kept of the draft because it could not be saved. */
export interface Unsaved {
  readonly text: string;
  readonly revision: number;
}

const place = (id: string): string => `kanade.draft.${id}`;

export function unsavedOf(id: string): Unsaved | undefined {
  try {
    const kept = localStorage.getItem(place(id));
    return kept === null ? undefined : (JSON.parse(kept) as Unsaved);
  } catch {
    return undefined;
  }
}

/** Asks the server; throws when it cannot be reached. An answer that is no JSON is a sign-in page: the session is over. */
export async function ask<Answer>(
  url: string,
  body: unknown,
  signedOut: string,
): Promise<Answer | { refusal: SaveRefusal }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.status >= 500) throw new Error(String(response.status));
  if (response.headers.get('content-type')?.includes('json') !== true)
    return { refusal: { code: 'signed-out', text: signedOut } };
  return (await response.json()) as Answer;
}

export class DraftSaving {
  readonly #autosave: Autosave;
  readonly #subscribe: () => void;
  #tell: () => void = () => undefined;

  constructor(draft: DraftToSave, save: (text: string, revision: number) => Promise<SaveAnswer>) {
    this.#subscribe = createSubscriber((update) => {
      this.#tell = update;
      return () => (this.#tell = () => undefined);
    });
    this.#autosave = new Autosave(draft, {
      save,
      keep: (unsaved) => keepInBrowser(draft.id, unsaved),
      later: (work, ms) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
      changed: () => this.#tell(),
    });
  }

  /** Follows the document until the page is left. */
  follow(document: RulesetDocument): () => void {
    const flush = (): void => void this.#autosave.flush();
    const hidden = (): void => {
      if (globalThis.document.visibilityState === 'hidden') flush();
    };
    const stop = document.listen(() => this.#autosave.typed(document.text));
    addEventListener('online', flush);
    globalThis.document.addEventListener('visibilitychange', hidden);
    return () => {
      stop();
      removeEventListener('online', flush);
      globalThis.document.removeEventListener('visibilitychange', hidden);
      flush();
    };
  }

  get state(): SaveState {
    this.#subscribe();
    return this.#autosave.state;
  }

  get refusal(): SaveRefusal | undefined {
    this.#subscribe();
    return this.#autosave.refusal;
  }

  get savedAt(): string {
    this.#subscribe();
    return this.#autosave.savedAt;
  }

  get revision(): number {
    this.#subscribe();
    return this.#autosave.revision;
  }

  get isUnsaved(): boolean {
    this.#subscribe();
    return this.#autosave.isUnsaved;
  }

  flush(): Promise<void> {
    return this.#autosave.flush();
  }

  overwrite(): Promise<void> {
    return this.#autosave.overwrite();
  }

  exclusively<Answer extends SaveAnswer>(work: (revision: number) => Promise<Answer>): Promise<Answer> {
    return this.#autosave.exclusively(work);
  }
}

/** Private browsing and a full disk must not stop anybody from typing. */
function keepInBrowser(id: string, unsaved: Unsaved | undefined): void {
  try {
    if (unsaved === undefined) localStorage.removeItem(place(id));
    else localStorage.setItem(place(id), JSON.stringify(unsaved));
  } catch {
    return;
  }
}
