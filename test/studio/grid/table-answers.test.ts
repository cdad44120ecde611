/** Is an author of a heavy table told the first findings at once, then more, and is whoever asks anew answered first? Time is counted in looks, not by a clock. */
import { describe, expect, it } from 'vitest';
import type { JudgedSoFar } from '#lib/grid/judged-table.ts';
import { answerInTurn } from '#lib/grid/table-answers.ts';
import { tableFindings } from '#engine/analysis/table-findings.ts';
import { entangledTable } from '../../engine/analysis/random-tables.ts';

const price = entangledTable(300, 3);
const asked = { price, where: undefined, effective: undefined };

/** What is told when every so many looks at the clock find that it is time, and after how many answers somebody asks anew. */
async function told(
  every: number,
  answersUntilAskedAnew = Infinity,
): Promise<{ answers: JudgedSoFar[]; looks: number }> {
  const answers: JudgedSoFar[] = [];
  let looks = 0;
  await answerInTurn(asked, {
    isDue: () => (looks += 1) % every === 0,
    tell: (judged) => answers.push(judged),
    isStillAsked: () => Promise.resolve(answers.length < answersUntilAskedAnew),
  });
  return { answers, looks };
}

describe('a heavy table', () => {
  it('is told of as it is judged: each answer has what the one before it had, and more', async () => {
    const { answers } = await told(100);
    expect(answers.length).toBeGreaterThan(3);
    answers.slice(1).forEach(({ findings }, index) => {
      const before = answers[index]!.findings;
      expect(findings.slice(0, before.length)).toEqual(before);
    });
    expect(answers.map(({ isOver }) => isOver)).toEqual([...answers.slice(1).map(() => false), true]);
    expect(answers[0]!.findings.length).toBeLessThan(answers.at(-1)!.findings.length);
    expect(answers.at(-1)!.findings.length).toBeGreaterThan(50);
  });

  it('is left as soon as somebody asks anew', async () => {
    const [whole, left] = [await told(100), await told(100, 1)];
    expect(left.answers).toEqual(whole.answers.slice(0, 1));
    expect(left.looks).toBe(100);
    expect(whole.looks).toBeGreaterThan(400);
  });

  it('of a thousand rows shows fifty findings before a million rows and parts were looked at', () => {
    const looksPerMillion = 1_000_000 / 4_096;
    let [looks, findings] = [0, 0];
    for (const found of tableFindings(entangledTable(1_000, 7))) {
      if (found === undefined) looks += 1;
      else findings += 1;
      if (findings === 50) break;
    }
    expect(findings).toBe(50);
    expect(looks).toBeLessThan(looksPerMillion);
  });
});
