/**
 * How does the page take a file in: how far is it, how is it stopped, and what was kept in the end?
 * Also called: upload with progress, 取込の進捗と中止.
 */
import type { KeptFile } from '#runtime/services/outcome-of-import.ts';
import type { ImportProgress } from '#runtime/usage/import-file.ts';
import { longWork } from '../ui/long-work.ts';
import { importAddress } from './import-address.ts';
import type { ImportNow } from './import-steps.ts';

export interface FileToSend {
  readonly file: File;
  readonly format: string;
  readonly givenOn: string;
}

/** `kept`: the lines of the file as it was taken in, null when nothing of it was, undefined when nobody can say. */
export type ImportEnd =
  | { readonly refusal: string }
  | { readonly ended: 'done' | 'stopped' | 'lost'; readonly kept: KeptFile | null | undefined };

export function usageImport(): {
  /** Undefined while nothing is being taken in. */
  readonly now: ImportNow | undefined;
  readonly isStopping: boolean;
  run(sent: FileToSend): Promise<ImportEnd>;
  stop(): void;
} {
  let now = $state.raw<ImportNow>();
  let stopping = $state.raw<AbortController>();
  let isStopping = $state(false);

  async function run({ file, format, givenOn }: FileToSend): Promise<ImportEnd> {
    const of = file.size;
    const mine = new AbortController();
    [stopping, now] = [mine, { step: 'sending', sent: 0, of }];
    const url = importAddress(file.name, format, givenOn);
    try {
      const ended = await longWork<ImportProgress, KeptFile>({
        ...{ url, body: file, stop: mine.signal },
        onsent: (sent) => (now = { step: 'sending', sent, of }),
        onstep: (progress) => (now = { ...progress, of }),
      });
      return 'end' in ended ? { ended: 'done', kept: ended.end } : { refusal: ended.refusal.text };
    } catch {
      const kept = await outcome(url);
      return { ended: mine.signal.aborted ? 'stopped' : 'lost', kept };
    } finally {
      [stopping, now, isStopping] = [undefined, undefined, false];
    }
  }

  return {
    get now() {
      return now;
    },
    get isStopping() {
      return isStopping;
    },
    run,
    stop() {
      isStopping = stopping !== undefined;
      stopping?.abort();
    },
  };
}

/** The server waits for the end of the import, so that what it says is what is so. */
async function outcome(url: string): Promise<KeptFile | null | undefined> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok ? ((await answer.json()) as { kept: KeptFile | null }).kept : undefined;
}
