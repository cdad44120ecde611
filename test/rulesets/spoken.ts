/** What must a sentence of a bill not say? ICU that was not filled in, nothing in place of a value, the engine's own words. */
import { words } from '#schemas/messages/render.ts';
import { locales } from '#schemas/messages/words.ts';
import type { Sentence } from '#schemas/generated/types.ts';

const unspeakable = /[{}]|undefined|\bnull\b|[a-z][A-Z]|\b(product|account|group):|\b(line|trace)\./;

/** What is wrong with a sentence, in either language. */
export function faults({ code, values }: Sentence): readonly string[] {
  const empty = Object.entries(values).flatMap(([name, value]) => (value === '' ? [`${code} has no ${name}`] : []));
  const spoken = locales.flatMap((locale) => {
    const text = words(locale).render(code, values);
    return text === code || unspeakable.test(text) ? [`${locale} ${code}: ${text}`] : [];
  });
  return [...empty, ...spoken];
}
