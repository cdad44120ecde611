/** A bill as a customer would get it: half the basic fee, calls, a reduced-rate item, a penalty and a device instalment. */
import type { InvoiceInput } from '#runtime/documents/invoice-model.ts';
import type { Bill, BillLine } from '#schemas/generated/types.ts';

const period = { start: '2026-03-01', end: '2026-04-01' };

function line(
  id: string,
  name: { ja: string; en: string },
  amount: string,
  tax: string,
  rest: Partial<BillLine> = {},
): BillLine {
  return {
    ...{
      id,
      product: 'p-1',
      charge: id,
      name,
      phase: 'listCharges',
      ruleset: 'ratePlan/smart',
      version: 3,
      row: '/body/charges/0',
    },
    ...{
      target: null,
      servicePeriod: period,
      quantity: '1',
      unitPrice: null,
      base: amount,
      exact: amount,
      amount,
      tax,
    },
    ...{ taxCategory: 'standard', taxIncluded: false, why: { code: 'trace.list', values: {} } },
    ...rest,
  };
}

/** Standard 4,200 − 2,100 + 880 + 9,500 = 12,480, tax 1,248; reduced 500, tax 40; instalment 2,000. Total 16,268. */
export const marchBill: Bill = {
  account: 'a-1',
  period,
  kind: 'regular',
  currency: 'JPY',
  dueOn: '2026-04-30',
  lines: [
    line('basic', { ja: '基本料', en: 'Basic fee' }, '4200', '420', { unitPrice: '4200' }),
    line('calls', { ja: '通話料', en: 'Calls' }, '880', '88', { quantity: '44', unitPrice: '20' }),
    line('magazine', { ja: '定期購読 新聞', en: 'Newspaper' }, '500', '40', {
      product: 'p-2',
      unitPrice: '500',
      taxCategory: 'reduced',
    }),
    line('half', { ja: 'はじめて半額キャンペーン', en: 'Half price for newcomers' }, '-2100', '-210', {
      phase: 'discounts',
      target: 'basic',
    }),
    line('penalty', { ja: '契約解除料', en: 'Early-termination fee' }, '9500', '950', {
      phase: 'terminationCharges',
      servicePeriod: { start: '2026-03-20', end: '2026-03-21' },
    }),
    line('device', { ja: '端末代金（12 回目）', en: 'Device, instalment 12' }, '2000', '0', {
      product: null,
      taxCategory: 'outOfScope',
    }),
  ],
  tax: [
    { category: 'standard', rate: '0.10', net: '12480', exact: '1248', tax: '1248', gross: '13728' },
    { category: 'reduced', rate: '0.08', net: '500', exact: '40', tax: '40', gross: '540' },
    { category: 'outOfScope', rate: '0', net: '2000', exact: '0', tax: '0', gross: '2000' },
  ],
  net: '14980',
  taxTotal: '1288',
  total: '16268',
};

export const marchInvoice: InvoiceInput = {
  bill: marchBill,
  document: { number: 'KM-2026-03-000123', issuedOn: '2026-04-02' },
  recipient: { name: '高橋 花子', address: '〒150-0002 東京都渋谷区渋谷 1-2-3', corporate: false },
  issuer: {
    name: { ja: '株式会社かなでモバイル', en: 'Kanade Mobile K.K.' },
    address: { ja: '〒100-0001 東京都千代田区千代田 1-1', en: '1-1 Chiyoda, Chiyoda-ku, Tokyo 100-0001' },
    registrationNumber: 'T1234567890123',
  },
  products: new Map([
    ['p-1', { name: { ja: 'スマホ基本 2年', en: 'Smartphone, two years' }, identifier: '090-1234-5678' }],
    ['p-2', { name: { ja: 'かなで読み放題', en: 'Kanade Reading' }, identifier: null }],
  ]),
  wording: {
    title: { ja: '請求書', en: 'Invoice' },
    message: {
      ja: 'いつもご利用いただきありがとうございます。\nお支払いは口座振替で、期日に引き落とします。',
      en: 'Thank you for your custom.\nThe amount is taken by direct debit on the due date.',
    },
  },
  locale: 'ja',
};
