/** Is nothing lost that was typed: while the network is away, while somebody else saves, while a save is under way? */
import { beforeEach, describe, expect, it } from 'vitest';
import { Autosave, type SaveAnswer } from '#lib/document/autosave.ts';

let saves: { text: string; revision: number; answer: (answer: SaveAnswer) => void; fail: () => void }[];
let kept: { text: string; revision: number } | undefined;
let waiting: { work: () => void; ms: number } | undefined;
let autosave: Autosave;

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  saves = [];
  kept = waiting = undefined;
  autosave = new Autosave(
    { text: 'a', revision: 1, savedAt: '2026-11-25T09:00:00Z' },
    {
      save: (text, revision) =>
        new Promise((answer, reject) =>
          saves.push({ text, revision, answer, fail: () => reject(new Error('offline')) }),
        ),
      keep: (unsaved) => (kept = unsaved),
      later: (work, ms) => {
        const mine = (waiting = { work, ms });
        return () => {
          if (waiting === mine) waiting = undefined;
        };
      },
      changed: () => undefined,
    },
  );
});

/** The pause is over. */
async function pause(): Promise<void> {
  waiting?.work();
  await settled();
}

async function answered(answer: SaveAnswer): Promise<void> {
  saves.at(-1)?.answer(answer);
  await settled();
}

const saved = (revision: number): SaveAnswer => ({ revision, savedAt: '2026-11-25T09:01:00Z' });

describe('a draft', () => {
  it('is saved once after a pause, with the revision that was looked at, and kept in the browser until then', async () => {
    autosave.typed('ab');
    autosave.typed('abc');
    expect([saves.length, autosave.state, kept?.text]).toEqual([0, 'waiting', 'abc']);
    await pause();
    expect([saves.length, saves[0]?.text, saves[0]?.revision, autosave.state]).toEqual([1, 'abc', 1, 'saving']);
    await answered(saved(2));
    expect([autosave.state, autosave.revision, kept]).toEqual(['saved', 2, undefined]);
  });

  it('that is typed into while it is being saved is saved again, one save after the other', async () => {
    autosave.typed('ab');
    await pause();
    autosave.typed('abc');
    await pause();
    expect(saves).toHaveLength(1);
    await answered(saved(2));
    expect(kept).toEqual({ text: 'abc', revision: 2 });
    await pause();
    expect([saves[1]?.text, saves[1]?.revision]).toEqual(['abc', 2]);
  });

  it('that is typed back to what is saved needs no save', () => {
    autosave.typed('ab');
    autosave.typed('a');
    expect([autosave.state, kept]).toEqual(['saved', undefined]);
  });

  it('is kept and tried again, ever more patiently, while the server cannot be reached', async () => {
    autosave.typed('ab');
    await pause();
    saves[0]?.fail();
    await settled();
    expect([autosave.state, kept?.text, waiting?.ms]).toEqual(['offline', 'ab', 2000]);
    autosave.typed('abc');
    await pause();
    saves[1]?.fail();
    await settled();
    expect([saves[1]?.text, waiting?.ms]).toEqual(['abc', 4000]);
    await pause();
    await answered(saved(2));
    expect([autosave.state, kept]).toEqual(['saved', undefined]);
  });

  it('that somebody else saved meanwhile is not overwritten until the person says so', async () => {
    autosave.typed('ab');
    await pause();
    await answered({ refusal: { code: 'draft-changed-meanwhile', text: '…', revision: 5 } });
    autosave.typed('abc');
    await pause();
    expect([autosave.state, saves.length, kept?.text]).toEqual(['conflict', 1, 'abc']);
    void autosave.overwrite();
    await settled();
    expect([saves[1]?.text, saves[1]?.revision]).toEqual(['abc', 5]);
  });

  it('that was refused is tried again when it has changed', async () => {
    autosave.typed('too large');
    await pause();
    await answered({ refusal: { code: 'draft-too-large', text: '…' } });
    expect([autosave.state, autosave.isUnsaved]).toEqual(['refused', true]);
    autosave.typed('smaller');
    await pause();
    expect(saves[1]?.text).toBe('smaller');
  });

  it('is saved before a case is, and the case counts the revision up', async () => {
    autosave.typed('ab');
    const revisions: number[] = [];
    const done = autosave.exclusively((revision) => {
      revisions.push(revision);
      return Promise.resolve(saved(revision + 1));
    });
    await settled();
    await answered(saved(2));
    await done;
    expect([revisions, autosave.revision]).toEqual([[2], 3]);
  });
});
