/**
 * Show one bill: as a table, with the reason for each line, as the invoice, read to a customer, or printed to a file. Also called: 請求の表示.
 */
import { writeFileSync } from 'node:fs';
import { invoiceHtml } from '#runtime/services/invoice-html.ts';
import { invoicePdf } from '#runtime/services/invoice-pdf.ts';
import { readBillAloud } from '#runtime/services/bill-aloud.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { asTokenHolder } from '../acting-person.ts';
import { aloudText, billText } from '../bill-text.ts';
import { word, type Command } from '../command.ts';

export const command: Command = {
  options: { why: { type: 'boolean' }, aloud: { type: 'boolean' }, html: { type: 'boolean' }, pdf: { type: 'string' } },
  run(call) {
    const billId = word(call, 0, 'BILL');
    const { say, options } = call;
    return asTokenHolder(call, async (app, actor) => {
      if (options['html'] === true) {
        const { html } = await invoiceHtml(app, actor, { billId, locale: say.locale });
        return { json: { id: billId, html }, text: html };
      }
      const file = options['pdf'];
      if (typeof file === 'string') {
        const { pdf } = await invoicePdf(app, actor, { billId, locale: say.locale });
        writeFileSync(file, pdf);
        return { json: { id: billId, file, bytes: pdf.length }, text: file };
      }
      if (options['aloud'] === true) {
        const text = aloudText(await readBillAloud(app, actor, { billId }), say);
        return { json: { id: billId, aloud: text.split('\n') }, text };
      }
      const shown = await showBill(app, actor, { billId });
      return { json: shown, text: billText(shown.bill, say, options['why'] === true) };
    });
  },
};
