/** How does a bill read on paper? Plain text, so that a person can check it line by line. */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { AccountDocument, Bill, BillLine } from '#schemas/generated/types.ts';

/** The bill product by product; discounts and bounds stand below the line they change. */
export function goldenText({ products }: AccountDocument, bill: Bill): string {
  const { period, currency, dueOn } = bill;
  return [
    `${period.start} – ${addDays(period.end, -1)}, ${currency}, due ${dueOn}`,
    ...products.flatMap(({ id, offering }) => [
      '',
      `${id} ${offering}`,
      ...bill.lines
        .filter((line) => line.product === id && (line.target ?? null) === null)
        .flatMap((line) => withChanges(line, bill)),
    ]),
    '',
    ...bill.tax.map(({ category, rate, net, tax }) => `${category} at ${rate}: net ${net}, tax ${tax}`),
    `total ${bill.total}`,
  ].join('\n');
}

function withChanges(line: BillLine, bill: Bill): string[] {
  const changes = bill.lines.filter((other) => other.target === line.id);
  return [lineText(line, '  '), ...changes.map((change) => lineText(change, '    '))];
}

function lineText({ charge, quantity, unitPrice, amount, ruleset, version, row }: BillLine, indent: string): string {
  const worked = unitPrice === null ? '' : ` ${quantity} × ${unitPrice}`;
  return `${indent}${charge}${worked} = ${amount}  [${ruleset}@${version}${row}]`;
}
