/**
 * What stands on an invoice, in the reader's language?
 * Also called: 請求書, 適格請求書, qualified invoice, インボイス. Pure: a bill and the names around it in, text out; templates only arrange it.
 * The fields of a qualified invoice: issuer and registration number, period, lines with a mark on reduced rates, total and tax per rate, recipient.
 */
import type { Bill, BillLine, BillTax, InvoiceTemplateBody, Localized, Period } from '#schemas/generated/types.ts';
import { amountText, dayText, moneyText, numberText, percentText } from '#schemas/messages/figures.ts';
import { words, type Words } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { minorToText, textToMinor } from '#engine/money/money.ts';

export interface InvoiceInput {
  readonly bill: Bill;
  /** The number and address given at closing; null until then, and the page says that it is provisional. */
  readonly document: { readonly number: string; readonly issuedOn: string } | null;
  readonly recipient: { readonly name: string; readonly address: string; readonly corporate: boolean };
  readonly issuer: {
    readonly name: Localized;
    readonly address: Localized;
    readonly registrationNumber: string | null;
  };
  /** What a product is called on paper: its offering and the number by which the customer knows it. */
  readonly products: ReadonlyMap<string, { readonly name: Localized; readonly identifier: string | null }>;
  readonly wording: Pick<InvoiceTemplateBody, 'title' | 'message'>;
  readonly locale: Locale;
}

export type InvoiceModel = ReturnType<typeof invoiceModel>;

export function invoiceModel(input: InvoiceInput) {
  const { bill, document, recipient, issuer, wording, locale } = input;
  const say = words(locale);
  const amount = (text: string): string => amountText(locale, text, bill.currency);
  const reduced = bill.lines.some((line) => line.taxCategory === 'reduced');
  const included = bill.lines.some((line) => line.taxIncluded);
  return {
    locale,
    title: wording.title[locale],
    labels: labels(say, bill.currency),
    provisional: document === null ? say.render('invoice.provisional') : null,
    number: document?.number ?? null,
    issuedOn: document === null ? null : dayText(locale, document.issuedOn, 'long'),
    recipient: {
      ...recipient,
      name: say.render(recipient.corporate ? 'invoice.to-company' : 'invoice.to-person', { name: recipient.name }),
    },
    issuer: {
      name: issuer.name[locale],
      address: issuer.address[locale],
      registrationNumber: issuer.registrationNumber,
    },
    period: periodText(locale, bill.period),
    dueOn: dayText(locale, bill.dueOn, 'long'),
    total: moneyText(locale, bill.total, bill.currency),
    sections: sections(input, say),
    taxes: bill.tax.map((tax) => ({
      label: taxLabel(tax, locale, say),
      net: amount(tax.net),
      tax: amount(tax.tax),
      gross: amount(tax.gross),
    })),
    totals: { net: amount(bill.net), tax: amount(bill.taxTotal), total: amount(bill.total) },
    notes: [...(reduced ? ['invoice.reduced-note'] : []), ...(included ? ['invoice.included-note'] : [])].map((code) =>
      say.render(code),
    ),
    message: wording.message[locale].split('\n').filter((paragraph) => paragraph.trim() !== ''),
  };
}

export function labels(say: Words, currency: string) {
  const label = (name: string): string => say.render(`invoice.${name}`, { currency });
  return {
    total: label('total'),
    dueOn: label('due-on'),
    period: label('period'),
    number: label('number'),
    issuedOn: label('issued-on'),
    registrationNumber: label('registration-number'),
    details: label('details'),
    taxes: label('taxes'),
    rate: label('rate'),
    item: label('item'),
    servicePeriod: label('service-period'),
    quantity: label('quantity'),
    unitPrice: label('unit-price'),
    amount: label('amount'),
    subtotal: label('subtotal'),
    net: label('net'),
    tax: label('tax'),
    gross: label('gross'),
    sum: label('sum'),
    slip: label('slip'),
    payee: label('payee'),
    payer: label('payer'),
  };
}

/** The lines by product, in the order of the bill; what belongs to the whole account comes last. A change of a line follows that line. */
function sections({ bill, products, locale }: InvoiceInput, say: Words) {
  const keys = [...new Set(bill.lines.map((line) => line.product))].sort(
    (a, b) => Number(a === null) - Number(b === null),
  );
  return keys.map((key) => {
    const own = bill.lines.filter((line) => line.product === key);
    const product = key === null ? undefined : products.get(key);
    return {
      heading: key === null ? say.render('invoice.whole-account') : (product?.name[locale] ?? key),
      identifier: product?.identifier ?? null,
      lines: inReadingOrder(own).map((line) => invoiceLine(line, bill, locale)),
      // A single line is its own subtotal.
      subtotal: own.length > 1 ? amountText(locale, sumOf(own, bill.currency), bill.currency) : null,
    };
  });
}

function sumOf(lines: readonly BillLine[], currency: string): string {
  const total = lines.reduce((sum, line) => sum + textToMinor(line.amount, currency), 0n);
  return minorToText(total, currency);
}

function inReadingOrder(lines: readonly BillLine[]): BillLine[] {
  const ids = new Set(lines.map((line) => line.id));
  const roots = lines.filter((line) => line.target === undefined || line.target === null || !ids.has(line.target));
  const withChanges = (line: BillLine): BillLine[] => [
    line,
    ...lines.filter((other) => other.target === line.id && other !== line).flatMap(withChanges),
  ];
  return roots.flatMap(withChanges);
}

function invoiceLine(line: BillLine, bill: Bill, locale: Locale) {
  const whole = line.servicePeriod.start === bill.period.start && line.servicePeriod.end === bill.period.end;
  const change = typeof line.target === 'string';
  return {
    name: line.name[locale],
    mark: [line.taxCategory === 'reduced' ? '※' : '', line.taxIncluded ? '◎' : ''].join(''),
    change,
    period: whole || change ? '' : periodText(locale, line.servicePeriod, 'short'),
    quantity: change || line.unitPrice === null ? '' : numberText(locale, line.quantity),
    unitPrice: change || line.unitPrice === null ? '' : amountText(locale, line.unitPrice, bill.currency),
    amount: amountText(locale, line.amount, bill.currency),
  };
}

export function taxLabel({ category, rate }: BillTax, locale: Locale, say: Words): string {
  return say.render(`invoice.tax-${category}`, { rate: percentText(locale, rate) });
}

/** A period is named by its last day: 〜11月30日, not 〜12月1日. */
export function periodText(locale: Locale, { start, end }: Period, form: 'short' | 'long' = 'long'): string {
  const last = addDays(end, -1);
  return start === last
    ? dayText(locale, start, form)
    : `${dayText(locale, start, form)}${locale === 'ja' ? '〜' : ' – '}${dayText(locale, last, form)}`;
}
