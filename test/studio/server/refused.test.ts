/** What a form has wrong is said by the label of the field, in the reader's language, never by a path of the document behind it. */
import { expect, it } from 'vitest';
import { refusalText } from '#lib/server/refused.ts';
import { assertForm } from '#runtime/agreements/terms.ts';
import { Refusal } from '#runtime/services/refusal.ts';

type Definition = Parameters<typeof assertForm>[0];

function refusalOf(definition: Definition, document: unknown): Refusal {
  try {
    assertForm(definition, document);
  } catch (problem) {
    if (problem instanceof Refusal) return problem;
  }
  return expect.fail('it was accepted');
}

const longSegment = { standing: { segment: 'x'.repeat(70) } };
const unnamed = { name: '', kana: 'カナ', type: 'individual' };
const order = { from: '2026-11-31', changes: [] };
const price = { id: 'a', charge: 'basic', valid: { from: '2026-11-01', to: null }, price: { pinned: '-1' } };

it.each<readonly [Definition, unknown, string, string, string]>([
  // form            what is wrong  at                    ja                                              en
  [
    'CustomerChange',
    longSegment,
    '/standing/segment',
    '区分：70 文字あります。上限は 64 文字です。',
    'Segment: The text has 70 characters; at most 64 are possible.',
  ],
  ['CustomerEntry', unnamed, '/account', '請求先：入力してください。', 'Account: Something has to stand here.'],
  [
    'ProductOrder',
    order,
    '/from',
    '変更日：「2026-11-31」は暦にある日付ではありません。',
    'From: “2026-11-31” is not a day of the calendar.',
  ],
  ['NegotiatedPrice', price, '/price/pinned', '固定額：-1 は 0 より小さい値です。', 'Pinned: -1 is below zero.'],
])('%s with %j is refused at %s', (definition, document, path, ja, en) => {
  const refusal = refusalOf(definition, document);
  expect(refusal.values['path']).toBe(path);
  expect(refusalText(refusal, 'ja')).toBe(ja);
  expect(refusalText(refusal, 'en')).toBe(en);
});
