/**
 * How is text written that somebody looks for, however it was typed?
 * 'ﾀｶﾊｼ', 'たかはし' and 'タカハシ' are one, as are 'Ｓｍａｒｔ' and 'smart'. Also called: normalisation, 名寄せ検索, 全角半角, 表記ゆれ.
 * The database says the same in its function `searchable`: what it stores is found by what this makes of a question.
 */

const HIRAGANA = /[\u3041-\u3096]/g;
const TO_KATAKANA = 0x60;

export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(HIRAGANA, (kana) => String.fromCharCode(kana.charCodeAt(0) + TO_KATAKANA));
}

/** What kind of firm it is, written out or abbreviated: nobody knows a firm by that. */
const LEGAL_FORM = /(株式|有限|合同|合資|合名)会社|\([株有同]\)|カブシキガイシャ|ユウゲンガイシャ|ゴウドウガイシャ/g;

/** The words of a question; a customer fits when each of them begins something that it is found by. */
export function wordsOf(question: string): string[] {
  const split = (text: string): string[] => text.split(/[\s・]+/).filter(Boolean);
  const asked = searchable(question);
  const found = split(asked.replace(LEGAL_FORM, ' '));
  return found.length > 0 ? found : split(asked);
}

/** The digits of a word that could be a telephone number, however grouped: '090-1234' is '0901234'. Undefined for any other. */
export function telephoneDigits(word: string): string | undefined {
  const digits = word.replace(/[-()]/g, '');
  return /^[0-9]{3,}$/.test(digits) ? digits : undefined;
}
