/** Is the printed invoice a PDF that holds what the page holds, over as many sheets as it takes, and can text in it do nothing? */
import { describe, expect, it } from 'vitest';
import { form, page } from '#runtime/documents/form.ts';
import { invoiceModel, type InvoiceInput } from '#runtime/documents/invoice-model.ts';
import { printed } from '#runtime/documents/printed.ts';
import { literal, typstSource } from '#runtime/documents/typst-source.ts';
import { marchInvoice } from './march-bill.ts';
import { printedText } from './printed-text.ts';

const sourceOf = (input: InvoiceInput): string => {
  const model = invoiceModel(input);
  return typstSource(form('invoice').body(model), {
    title: model.title,
    language: input.locale,
    number: model.number ?? '',
  });
};
/** Japanese is set a script at a time, so that spaces between say nothing. */
const bare = (text: string): string => text.replaceAll(' ', '');
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

  // The slip is what the customer keeps: whom to pay, who pays, for which invoice, until when, how much.
  it.each([
    [
      'ja',
      'いつもご利用いただきありがとうございます。お支払いは口座振替で、期日に引き落とします。',
      'お支払い控え お支払先 株式会社かなでモバイル ご請求先 高橋 花子 様 請求書番号 KM-2026-03-000123 お支払期日 2026年4月30日 ご請求金額（税込）¥16,268',
    ],
    [
      'en',
      'Thank you for your custom. The amount is taken by direct debit on the due date.',
      'Payment slip Pay to Kanade Mobile K.K. Billed to 高橋 花子 Invoice number KM-2026-03-000123 Due date 30 April 2026 Amount due (tax included) ¥16,268',
    ],
  ] as const)(
    'has the message, then the payment slip, and at the foot its number and page (%s)',
    async (locale, message, slip) => {
      const [sheet = ''] = printedText(await printed('invoice', sourceOf({ ...marchInvoice, locale })));
      const foot = 'KM-2026-03-000123 KM-2026-03-000123 1 / 1';
      expect(bare(sheet)).toContain(bare(message + slip + foot));
      expect(sheet.endsWith(foot)).toBe(true);
    },
  );

  it('takes as many sheets as its thousand lines need', async () => {
    const [, calls] = marchInvoice.bill.lines;
    if (calls === undefined) throw new Error('no line');
    const lines = [
      ...marchInvoice.bill.lines,
      ...Array.from({ length: 1_000 }, (_, index) => ({ ...calls, id: `more-${index}` })),
    ];
    const pdf = await printed('invoice', sourceOf({ ...marchInvoice, bill: { ...marchInvoice.bill, lines } }));
    const sheets = printedText(pdf);
    expect(sheets.length).toBeGreaterThan(20);
    expect(sheetsIn(pdf)).toBe(sheets.length);
    // Each sheet says which of how many it is, and of which invoice, should it fall out of the envelope.
    sheets.forEach((sheet, at) =>
      expect(sheet.endsWith(`KM-2026-03-000123 ${at + 1} / ${sheets.length}`), `sheet ${at + 1}`).toBe(true),
    );
    // The slip comes once, after the last line.
    expect(sheets.map((sheet) => bare(sheet).includes('お支払い控え')).indexOf(true)).toBe(sheets.length - 1);
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
