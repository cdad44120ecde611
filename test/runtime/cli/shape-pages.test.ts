/**
 * Does `kanade price` make the worked bill of each page of a shape, from the account document that the page prints?
 * All documents that one operator's rulesets price are given to the command at once, one a line.
 */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { addDays } from '#engine/calendar/civil-date.ts';
import type { BillingResult } from '#schemas/generated/types.ts';
import { amountText } from '#schemas/messages/figures.ts';
import { kanade } from './terminal.ts';

const room = new URL('../../../rulesets/shapes/', import.meta.url);

interface Page {
  readonly file: string;
  readonly rulesets: string;
  readonly document: string;
  /** 'first day – last day: each amount of the bill, the total'. */
  readonly bills: readonly string[];
}

const part = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? '';

function pageIn(file: string): Page {
  const text = readFileSync(new URL(file, room), 'utf8');
  const [, worked = ''] = text.split('## 計算例 / Worked bill');
  const bills = worked.split(/^\*\*(?=\d{4}-)/m).slice(1);
  return {
    file,
    rulesets: part(worked, /--rulesets (\S+)/),
    document: part(worked, /```json\n([\s\S]+?)```/).replaceAll(/\s*\n\s*/g, ' '),
    bills: bills.map((bill) => {
      const amounts = [...bill.matchAll(/^\|[^|]+\|\s*([−\d,.]+) \|/gm)].map(([, amount]) => amount);
      return `${part(bill, /^(.+?)\*\*/)}: ${amounts.join(' ')}, ${part(bill, /Total \*\*(.+?)\*\*/)}`;
    }),
  };
}

const pages = globSync('*.md', { cwd: room }).sort().map(pageIn);
const operators = [...new Set(pages.map(({ rulesets }) => rulesets))];

it.each(operators)('with %s it is as printed', async (rulesets) => {
  const own = pages.filter((page) => page.rulesets === rulesets);
  const input = own.map(({ document }) => document).join('\n');
  const { exit, out } = await kanade(['price', '--rulesets', rulesets, '--input', '-', '--lines', '--json'], { input });
  expect(exit).toBe(0);
  const { results } = JSON.parse(out) as { readonly results: readonly BillingResult[] };
  own.forEach(({ file, bills }, index) => {
    const made = results[index]!.bills.map(({ period, lines, total, currency }) => {
      const amounts = lines.map(({ amount }) => amountText('en', amount, currency)).join(' ');
      return `${period.start} – ${addDays(period.end, -1)}: ${amounts}, ${amountText('en', total, currency)}`;
    });
    // A page may print some months of those that the document asks for.
    expect(bills.length, file).toBeGreaterThan(0);
    expect(
      bills.filter((bill) => !made.includes(bill)),
      file,
    ).toEqual([]);
  });
});

it('stands on every page', () => {
  expect(pages.filter(({ document, rulesets }) => document === '' || rulesets === '').map(({ file }) => file)).toEqual(
    [],
  );
  expect(pages.length).toBeGreaterThan(40);
});
