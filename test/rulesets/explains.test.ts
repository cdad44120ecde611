/** Does every line of every bill say why, in Japanese and in English, without a bare code or an empty place? */
import { describe, expect, it } from 'vitest';
import type { Sentence, TraceNode } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { words } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

/** What a reader must not see: ICU that was not filled in, nothing in place of a value, the engine's own words. */
const unspeakable = /[{}]|undefined|\bnull\b|[a-z][A-Z]|\b(product|account|group):|\b(line|trace)\./;

const nodesOf = (node: TraceNode): readonly TraceNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)];

/** What is wrong with a sentence, in either language. */
function faults({ code, values }: Sentence): readonly string[] {
  const empty = Object.entries(values).flatMap(([name, value]) => (value === '' ? [`${code} has no ${name}`] : []));
  const spoken = locales.flatMap((locale) => {
    const text = words(locale).render(code, values);
    return text === code || unspeakable.test(text) ? [`${locale} ${code}: ${text}`] : [];
  });
  return [...empty, ...spoken];
}

describe.each(operators)('%s', (operator) => {
  const release = prepareRelease(rulesetsOf(operator));
  const results = caseFiles(operator)
    .flatMap(casesIn)
    .map((one) => bill(one.given, releaseOf(one, release), { trace: true }));

  it('says why each line is what it is', () => {
    const sentences = results.flatMap(({ bills }) => bills.flatMap(({ lines }) => lines.map(({ why }) => why)));
    expect(sentences.length).toBeGreaterThan(0);
    expect([...new Set(sentences.flatMap(faults))]).toEqual([]);
  });

  it('says every step on the way to it', () => {
    const steps = results.flatMap(({ trace = [] }) => trace.flatMap(nodesOf));
    expect([...new Set(steps.flatMap(faults))]).toEqual([]);
  });

  it('leaves no line out of the way', () => {
    for (const { bills, trace = [] } of results) {
      bills.forEach(({ lines }, index) => {
        const explained = new Set(nodesOf(trace[index] as TraceNode).map(({ line }) => line));
        expect(lines.map(({ id }) => id).filter((id) => !explained.has(id))).toEqual([]);
      });
    }
  });

  it('calls each line by a name in both languages', () => {
    const names = results.flatMap(({ bills }) => bills.flatMap(({ lines }) => lines.map(({ name }) => name)));
    expect(names.filter(({ ja, en }) => ja.trim() === '' || en.trim() === '')).toEqual([]);
  });
});
