/**
 * How does a bill read in a terminal, with the reason for every amount? Also called: 請求の表示, なぜ.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { BillSpoken } from '#engine/explain/aloud/bill-aloud.ts';
import type { Bill, BillLine, TraceNode } from '#schemas/generated/types.ts';
import { amountText, dayText, moneyText, numberText, percentText } from '#schemas/messages/figures.ts';
import type { Said, Words } from '#schemas/messages/render.ts';
import { table } from './table.ts';

/** The bill as a table of lines, the totals per rate below; with `why`, the sentence behind each line. */
export function billText(bill: Bill, say: Words, why: boolean): string {
  const { locale } = say;
  const amount = (text: string): string => amountText(locale, text, bill.currency);
  const day = (text: string): string => dayText(locale, text);
  const heading = say.render('cli.bill.heading', {
    account: bill.account,
    start: bill.period.start,
    last: addDays(bill.period.end, -1),
    due: bill.dueOn,
  });
  const lines = table<BillLine>(
    [
      { heading: say.render('cli.bill.product'), of: (line) => line.product ?? '' },
      { heading: say.render('cli.bill.charge'), of: (line) => line.name[locale] },
      {
        heading: say.render('cli.bill.period'),
        of: ({ servicePeriod: { start, end } }) => `${day(start)}–${day(addDays(end, -1))}`,
      },
      { heading: say.render('cli.bill.quantity'), of: (line) => numberText(locale, line.quantity), figures: true },
      {
        heading: say.render('cli.bill.unit-price'),
        of: (line) => (line.unitPrice === null ? '' : numberText(locale, line.unitPrice)),
        figures: true,
      },
      {
        heading: say.render('cli.bill.amount', { currency: bill.currency }),
        of: (line) => amount(line.amount),
        figures: true,
      },
      { heading: say.render('cli.bill.rule'), of: (line) => `${line.ruleset}@${String(line.version)} ${line.row}` },
      ...(why
        ? [{ heading: say.render('cli.bill.why'), of: (line: BillLine) => say.render(line.why.code, line.why.values) }]
        : []),
    ],
    bill.lines,
  );
  const taxes = bill.tax.map(({ category, rate, net, tax }) =>
    say.render('cli.bill.tax', {
      category: say.render(`cli.tax-category.${category}`),
      rate: percentText(locale, rate),
      net: amount(net),
      tax: amount(tax),
    }),
  );
  const total = say.render('cli.bill.total', {
    net: amount(bill.net),
    tax: amount(bill.taxTotal),
    total: moneyText(locale, bill.total, bill.currency),
  });
  return [heading, lines, ...taxes, total].join('\n');
}

/** The bill as it is read to a customer, a paragraph a line; and after it what was given back of it, if anything. */
export function aloudText(
  { lines, spared, tax, total, credits = [] }: BillSpoken & { readonly credits?: readonly (readonly Said[])[] },
  say: Words,
): string {
  const sentences = [...[...lines.map(({ aloud }) => aloud), ...spared, ...tax, total], ...credits.flat()];
  return sentences.map(({ code, values }) => say.render(code, values)).join('\n');
}

/** The way to the amounts as an indented tree. */
export function traceText(node: TraceNode, say: Words, depth = 0): string {
  const own = `${'  '.repeat(depth)}${say.render(node.code, node.values)}`;
  return [own, ...(node.children ?? []).map((child) => traceText(child, say, depth + 1))].join('\n');
}
