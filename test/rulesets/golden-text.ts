/** How does a bill read on paper? Plain text, so that a person can check it line by line. */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { AccountDocument, Bill, BillLine, Product } from '#schemas/generated/types.ts';

/** The text that a person wrote, without headings and without the arithmetic behind a '#'. */
export const withoutComments = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replace(/\s*#.*$/, ''))
    .join('\n')
    .trim();

/** Bill after bill, each product by product; discounts and bounds stand below the line they change. */
export const goldenText = (document: AccountDocument, bills: readonly Bill[]): string =>
  bills.map((bill) => billText(document, bill)).join('\n\n\n');

function billText({ products }: AccountDocument, bill: Bill): string {
  const { period, currency, dueOn } = bill;
  return [
    `${daysOf(period)}, ${currency}, due ${dueOn}`,
    ...products.flatMap((product) => section(`${product.id} ${offeringIn(product, period)}`, product.id, bill)),
    ...section(`account ${bill.account}`, null, bill),
    '',
    ...bill.tax.map(({ category, rate, net, tax }) => `${category} at ${rate}: net ${net}, tax ${tax}`),
    `total ${bill.total}`,
  ].join('\n');
}

const daysOf = ({ start, end }: Bill['period']): string => `${start} – ${addDays(end, -1)}`;

/** What the product was sold as on the last day of the period. */
function offeringIn({ offering, history = [] }: Product, { end }: Bill['period']): string {
  return history.findLast((change) => change.offering !== undefined && change.from < end)?.offering ?? offering;
}

/** The lines of one product, or of the account; nothing when there are none. */
function section(heading: string, product: string | null, bill: Bill): readonly string[] {
  const lines = bill.lines.filter((line) => line.product === product && (line.target ?? null) === null);
  return lines.length === 0 ? [] : ['', heading, ...lines.flatMap((line) => withChanges(line, bill))];
}

function withChanges(line: BillLine, bill: Bill): string[] {
  const changes = bill.lines.filter((other) => other.target === line.id);
  return [lineText(line, '  '), ...changes.map((change) => lineText(change, '    '))];
}

function lineText(line: BillLine, indent: string): string {
  const { charge, phase, servicePeriod, quantity, unitPrice, amount, ruleset, version, row } = line;
  const worked = unitPrice === null ? '' : ` ${quantity} × ${unitPrice}`;
  const corrected = phase === 'adjustments' && line.product !== null ? ` of ${daysOf(servicePeriod)}` : '';
  return `${indent}${charge}${corrected}${worked} = ${amount}  [${ruleset}@${version}${row}]`;
}
