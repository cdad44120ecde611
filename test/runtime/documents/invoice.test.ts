/** Does the invoice hold what a qualified invoice must, in both languages, and nothing that could run? */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileForm, form, page } from '#runtime/documents/form.ts';
import { plainForm } from '#runtime/documents/plain-form.ts';
import { invoiceModel } from '#runtime/documents/invoice-model.ts';
import { marchBill, marchInvoice } from './march-bill.ts';

const sheet = (input = marchInvoice) => page(form('invoice'), invoiceModel(input));
const textOf = (html: string): string =>
  html
    .replace(/<style>.*<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

describe('a qualified invoice (適格請求書)', () => {
  it.each([
    ['the name of the issuer', '株式会社かなでモバイル'],
    ['its registration number', '登録番号 T1234567890123'],
    ['the period, by its last day of service', '2026年3月1日〜2026年3月31日'],
    ['a mark on what is taxed at the reduced rate', '定期購読 新聞 ※'],
    ['what the mark means', '※ は軽減税率の対象です。'],
    ['the total and the tax at the standard rate', '10% 対象 12,480 1,248 13,728'],
    ['the total and the tax at the reduced rate', '8% 対象（軽減税率 ※） 500 40 540'],
    ['what is outside the scope of tax', '不課税 2,000 0 2,000'],
    ['the name of the recipient', '高橋 花子 様'],
    ['the amount due', '¥16,268'],
    ['the due date', '2026年4月30日'],
    ['its number', 'KM-2026-03-000123'],
  ])('shows %s', (_field, shown) => {
    expect(textOf(sheet().html)).toContain(shown);
  });

  it('reads as well in English', () => {
    const text = textOf(sheet({ ...marchInvoice, locale: 'en' }).html);
    for (const shown of [
      '1 March 2026 – 31 March 2026',
      'Registration number T1234567890123',
      '10% standard rate 12,480 1,248 13,728',
      'Half price for newcomers −2,100',
    ]) {
      expect(text).toContain(shown);
    }
    expect(text).not.toMatch(/invoice\.[a-z]/);
  });

  it('puts a discount under the line it changes, and the whole account last', () => {
    const { sections } = invoiceModel(marchInvoice);
    expect(
      sections.map(({ heading, lines, subtotal }) => [
        heading,
        subtotal,
        ...lines.map(({ name, amount }) => `${name} ${amount}`),
      ]),
    ).toEqual([
      ['スマホ基本 2年', '12,480', '基本料 4,200', 'はじめて半額キャンペーン −2,100', '通話料 880', '契約解除料 9,500'],
      ['かなで読み放題', null, '定期購読 新聞 500'],
      ['ご請求先全体', null, '端末代金（12 回目） 2,000'],
    ]);
  });

  it('says so while the cycle is not closed, and has no number then', () => {
    const text = textOf(sheet({ ...marchInvoice, document: null }).html);
    expect(text).toContain('仮の請求書');
    expect(text).not.toContain('請求書番号');
  });

  it('addresses a company as 御中', () => {
    const recipient = { ...marchInvoice.recipient, name: '東京物産株式会社', corporate: true };
    expect(textOf(sheet({ ...marchInvoice, recipient }).html)).toContain('東京物産株式会社 御中');
  });

  it('writes a dollar bill with cents', () => {
    const lines = marchBill.lines
      .slice(0, 1)
      .map((line) => ({ ...line, amount: '12.3', unitPrice: '0.0825', quantity: '149' }));
    const bill = { ...marchBill, currency: 'USD', lines, tax: [], net: '12.3', taxTotal: '0', total: '12.3' };
    expect(textOf(sheet({ ...marchInvoice, bill, locale: 'en' }).html)).toMatch(/\$12\.30.*149 0\.0825 12\.30/);
  });
});

function faultOf(source: string): unknown {
  try {
    return compileForm(source, '');
  } catch (fault) {
    return fault;
  }
}

describe('a form', () => {
  it('shows markup in a name as text', () => {
    const recipient = { ...marchInvoice.recipient, name: '<script>alert(1)</script>' };
    const { html } = sheet({ ...marchInvoice, recipient });
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toContain('<script');
  });

  it('allows its own style by fingerprint and nothing else', () => {
    expect(sheet().contentSecurityPolicy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'/,
    );
  });

  it.each([
    ['{{{name}}}', 'form-unescaped', {}],
    ['{{& name}}', 'form-unescaped', {}],
    ['<script>x</script>', 'form-element', { element: 'script' }],
    ['<img src="x">', 'form-element', { element: 'img' }],
    ['<p style="color:red">x</p>', 'form-attribute', { attribute: 'style' }],
    ['<p onclick="x()">x</p>', 'form-attribute', { attribute: 'onclick' }],
  ])('is refused when it holds %s', (source, code, values) => {
    expect(faultOf(source)).toMatchObject({ code, values });
  });

  it('stops at a name that the model does not have', () => {
    expect(() => compileForm('<p>{{nmae}}</p>', '').body({ name: 'x' })).toThrow('nmae');
  });

  it('has no way to the machinery behind a value', () => {
    expect(faultOf('<p>{{constructor.name}}</p>')).toMatchObject({ code: 'form-name-forbidden' });
    expect(faultOf('<p>{{lookup this "x"}}</p>')).toMatchObject({ code: 'form-calls', values: { what: 'lookup' } });
  });

  it('holds nothing but plain elements, in every partial too', () => {
    const folder = new URL('../../../templates/', import.meta.url);
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));
    expect(sources.length).toBeGreaterThan(3);
    for (const source of sources) {
      const text = readFileSync(new URL(source, folder), 'utf8');
      const partial = (name: string): string => readFileSync(new URL(`partials/${name}.hbs`, folder), 'utf8');
      expect(() => plainForm(text, partial), source).not.toThrow();
    }
  });
});
