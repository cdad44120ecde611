/** Does every line of every bill say why, in Japanese and in English, without a bare code or an empty place? */
import { describe, expect, it } from 'vitest';
import type { TraceNode } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { billAloud } from '#engine/explain/aloud/bill-aloud.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';
import { faults, unspoken } from './spoken.ts';

const nodesOf = (node: TraceNode): readonly TraceNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)];

describe.each(operators)('%s', (operator) => {
  const release = prepareRelease(rulesetsOf(operator));
  const results = caseFiles(operator)
    .flatMap(casesIn)
    .map((one) => ({ one, ...bill(one.given, releaseOf(one, release), { trace: true }) }));

  it('says why each line is what it is', () => {
    const sentences = results.flatMap(({ bills }) => bills.flatMap(({ lines }) => lines.map(({ why }) => why)));
    expect(sentences.length).toBeGreaterThan(0);
    expect([...new Set(sentences.flatMap(faults))]).toEqual([]);
  });

  it('says every step on the way to it', () => {
    const steps = results.flatMap(({ trace = [] }) => trace.flatMap(nodesOf));
    expect([...new Set(steps.flatMap(faults))]).toEqual([]);
  });

  it('reads each line out in whole sentences, with its amount and without signs or codes', () => {
    const wrong = results.flatMap(({ one, bills, trace = [] }) =>
      bills.flatMap((made, at) => {
        const { lines, spared, tax, total } = billAloud(made, one.given, releaseOf(one, release), trace[at]);
        const names = made.lines.map(({ name }) => name.en).join(' ');
        return [
          ...lines.flatMap(({ aloud }, index) => {
            const { id, charge, product, ruleset, row, amount } = made.lines[index]!;
            return unspoken(
              aloud,
              amount,
              [id, charge, product ?? '', ruleset, row, ruleset.split('/')[1] ?? ''],
              names,
            );
          }),
          ...spared.flatMap((said) => unspoken(said, '', [])),
          ...tax.flatMap((said, index) =>
            unspoken(said, made.tax[index]!.rate === '0' ? '' : made.tax[index]!.tax, []),
          ),
          ...unspoken(total, made.total, []),
        ];
      }),
    );
    expect([...new Set(wrong)]).toEqual([]);
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
