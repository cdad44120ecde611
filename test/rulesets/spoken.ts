/** What must a sentence of a bill not say? ICU that was not filled in, nothing in place of a value, the engine's own words. */
import { words, type Said } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import type { Sentence } from '#schemas/generated/types.ts';

const unspeakable = /[{}]|undefined|\bnull\b|[a-z][A-Z]|\b(product|account|group):|\b(line|trace)\./;

/** No sign, no bracket, no code: a voice says none of them. Hyphens join English words, points and commas the figures. */
const unheard = /[×÷→[\]{}=%\\/()（）:：+*#@<>_¥$–−~〜|]|undefined|\bnull\b|[a-z][A-Z]|\b(line|trace|aloud)\./;

/** What is wrong with a sentence that is to be read out: it is whole, has the amount, and says nothing that is not spoken.
 * A code is none where it is a word of `names`, such as navi-dial. */
export function unspoken(
  { code, values = {} }: Said,
  amount: string,
  ids: readonly string[],
  names = '',
): readonly string[] {
  return locales.flatMap((locale) => {
    const text = words(locale).render(code, values);
    const isWhole = text.endsWith(locale === 'ja' ? '。' : '.') && !/[。.]{2}|\s[,.、。]|\s{2}|^\s/.test(text);
    const hasAmount = text.replaceAll(',', '').includes(amount.replace('-', '').replace(/\.0+$/, ''));
    const id = ids.find(
      (each) =>
        /[-\d]/.test(each) &&
        !names.toLowerCase().includes(each) &&
        new RegExp(`(?<![\\w-])${each}(?![\\w-])`).test(text),
    );
    return isWhole && hasAmount && id === undefined && !unheard.test(text) ? [] : [`${locale} ${amount} ${text}`];
  });
}

/** What is wrong with a sentence, in either language. */
export function faults({ code, values }: Sentence): readonly string[] {
  const empty = Object.entries(values).flatMap(([name, value]) => (value === '' ? [`${code} has no ${name}`] : []));
  const spoken = locales.flatMap((locale) => {
    const text = words(locale).render(code, values);
    return text === code || unspeakable.test(text) ? [`${locale} ${code}: ${text}`] : [];
  });
  return [...empty, ...spoken];
}
