/**
 * What stands on a credit note, in the reader's language? Also called: return invoice, 返還インボイス、適格返還請求書の記載事項.
 * Issuer and registration number, the day of the return, when the things were supplied, what they are, amount and tax per rate.
 */
import type { CreditNote, Localized } from '#schemas/generated/types.ts';
import { amountText, dayText, moneyText, percentText } from '#schemas/messages/figures.ts';
import { words } from '#schemas/messages/render.ts';
import { labels, periodText, taxLabel, type InvoiceInput } from './invoice-model.ts';

export interface CreditNoteInput extends Pick<InvoiceInput, 'recipient' | 'issuer' | 'locale'> {
  readonly note: CreditNote;
  readonly number: string;
  readonly issuedOn: string;
  readonly reason: string;
  /** The provision by which the paper need not be handed over, where there is one. */
  readonly leftOutBy: Localized | null;
  readonly invoice: { readonly number: string; readonly issuedOn: string };
}

export type CreditNoteModel = ReturnType<typeof creditNoteModel>;

export function creditNoteModel(input: CreditNoteInput) {
  const { note, number, issuedOn, reason, leftOutBy, invoice, recipient, issuer, locale } = input;
  const say = words(locale);
  const amount = (text: string): string => amountText(locale, text, note.currency);
  const label = (name: string): string => say.render(`invoice.credit.${name}`);
  return {
    locale,
    title: label('title'),
    labels: {
      ...labels(say, note.currency),
      total: label('total'),
      number: label('number'),
      issuedOn: label('issued-on'),
      invoice: label('invoice'),
      reason: label('reason'),
      supplied: label('supplied'),
    },
    number,
    issuedOn: dayText(locale, issuedOn, 'long'),
    invoice: say.render('invoice.credit.of', {
      number: invoice.number,
      day: dayText(locale, invoice.issuedOn, 'long'),
    }),
    reason,
    period: periodText(locale, note.period),
    recipient: {
      ...recipient,
      name: say.render(recipient.corporate ? 'invoice.to-company' : 'invoice.to-person', { name: recipient.name }),
    },
    issuer: {
      name: issuer.name[locale],
      address: issuer.address[locale],
      registrationNumber: issuer.registrationNumber,
    },
    total: moneyText(locale, note.total, note.currency),
    lines: note.lines.map((line) => ({
      name: line.name[locale],
      mark: markOf(line),
      period: periodText(locale, line.servicePeriod, 'short'),
      rate: percentText(locale, line.rate),
      amount: amount(line.amount),
    })),
    taxes: note.tax.map((tax) => ({
      label: taxLabel(tax, locale, say),
      net: amount(tax.net),
      tax: amount(tax.tax),
      gross: amount(tax.gross),
    })),
    totals: { net: amount(note.net), tax: amount(note.taxTotal), total: amount(note.total) },
    notes: [
      ...(note.lines.some((line) => line.taxCategory === 'reduced') ? [say.render('invoice.reduced-note')] : []),
      ...(note.lines.some((line) => line.taxIncluded) ? [say.render('invoice.included-note')] : []),
      ...(leftOutBy === null ? [] : [say.render('invoice.credit.left-out', { law: leftOutBy[locale] })]),
    ],
  };
}

const markOf = ({ taxCategory, taxIncluded }: CreditNote['lines'][number]): string =>
  [taxCategory === 'reduced' ? '※' : '', taxIncluded ? '◎' : ''].join('');
