/** Is the printed invoice a PDF that holds what the page holds, over as many sheets as it takes, and can text in it do nothing? */
import { describe, expect, it } from 'vitest';
import { form, page } from '#runtime/documents/form.ts';
import { invoiceModel, type InvoiceInput } from '#runtime/documents/invoice-model.ts';
import { printed } from '#runtime/documents/printed.ts';
import { literal, typstSource } from '#runtime/documents/typst-source.ts';
import { marchInvoice } from './march-bill.ts';

const sourceOf = (input: InvoiceInput): string => {
  const model = invoiceModel(input);
  return typstSource(form('invoice').body(model), {
    title: model.title,
    language: input.locale,
    number: model.number ?? '',
  });
};
const sheetsIn = (pdf: Uint8Array): number =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type\s*\/Page\b(?!s)/g),
  ].length;

describe('the printed invoice', () => {
  it.each(['ja', 'en'] as const)('is one sheet with its fonts inside (%s)', async (locale) => {
    const pdf = await printed('invoice', sourceOf({ ...marchInvoice, locale }));
    const text = Buffer.from(pdf).toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text).toMatch(/FontFile/);
    expect(sheetsIn(pdf)).toBe(1);
  });

  it('takes as many sheets as its thousand lines need', async () => {
    const [, calls] = marchInvoice.bill.lines;
    if (calls === undefined) throw new Error('no line');
    const lines = [
      ...marchInvoice.bill.lines,
      ...Array.from({ length: 1_000 }, (_, index) => ({ ...calls, id: `more-${index}` })),
    ];
    const pdf = await printed('invoice', sourceOf({ ...marchInvoice, bill: { ...marchInvoice.bill, lines } }));
    expect(sheetsIn(pdf)).toBeGreaterThan(20);
  });

  it('takes text as text, whatever it looks like', async () => {
    const name = '"], ) #panic("x") \\ $1$ *太郎* <script>';
    const source = sourceOf({ ...marchInvoice, recipient: { ...marchInvoice.recipient, name } });
    expect(source).toContain(literal(`${name} 様`));
    expect(sheetsIn(await printed('invoice', source))).toBe(1);
  });
});

describe('the page on screen', () => {
  it('draws the number to be scanned, and says it', () => {
    const { html } = page(form('invoice'), invoiceModel(marchInvoice));
    expect(html).toMatch(/<div class="barcode"><svg[^>]*viewBox=/);
    expect(html).toContain('<p>KM-2026-03-000123</p>');
  });
});
