/** From which day on is something known that was not known when the group was last billed? */
import { describe, expect, it } from 'vitest';
import { firstChange, type Fact } from '#runtime/cycles/changed-facts.ts';

const both = { then: true, now: true };
const gone = { then: true, now: false };
const found = { then: false, now: true };
const fact = (from: string, to: string | null, says: string, known: Pick<Fact, 'then' | 'now'>): Fact => ({
  from,
  to,
  says,
  ...known,
});

describe('the first day of a change', () => {
  it.each<[string, Fact[], string | undefined]>([
    ['there is none where nothing is new', [fact('2026-04-01', null, 'M', both)], undefined],
    [
      'there is none where a row was only cut in two',
      [
        fact('2026-04-01', null, 'M', gone),
        fact('2026-04-01', '2026-06-01', 'M', found),
        fact('2026-06-01', null, 'M', found),
      ],
      undefined,
    ],
    [
      'is that of the new plan, not that of the row that was known till then',
      [
        fact('2026-04-01', null, 'M', gone),
        fact('2026-04-01', '2026-10-16', 'M', found),
        fact('2026-10-16', null, 'L', found),
      ],
      '2026-10-16',
    ],
    [
      'is that of the end, where service turns out to have ended',
      [fact('2026-04-01', null, 'M', gone), fact('2026-04-01', '2026-09-01', 'M', found)],
      '2026-09-01',
    ],
    ['is that of a beginning nobody knew of', [fact('2026-08-01', null, 'M', found)], '2026-08-01'],
    ['is that of what turns out never to have been', [fact('2026-08-01', '2026-08-02', 'grant', gone)], '2026-08-01'],
    [
      'is the first of several',
      [
        fact('2026-09-01', null, 'price 3000', found),
        fact('2026-08-10', '2026-08-11', 'goodwill', found),
        fact('2026-04-01', null, 'M', both),
      ],
      '2026-08-10',
    ],
  ])('%s', (_what, facts, day) => {
    expect(firstChange(facts)).toBe(day);
    expect(firstChange(facts.toReversed())).toBe(day);
  });
});
