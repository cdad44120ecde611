/**
 * Why could a group not be billed, in words?
 * Also called: quarantine reason, 保留理由.
 */
import { words, type MessageValues } from '#schemas/messages/render.ts';
import type { Locale } from '#schemas/messages/words.ts';

/** The words of the engine's diagnostic, or of a failure that is ours. */
export function quarantineReason(code: string, details: Readonly<Record<string, unknown>>, locale: Locale): string {
  const say = words(locale);
  const values = (
    typeof details['values'] === 'object' && details['values'] !== null ? details['values'] : details
  ) as MessageValues;
  const found = [`diagnostic.${code}`, `quarantine.${code}`].find((each) => say.has(each));
  return found === undefined ? say.render('screen.cycle.unexpected', { code }) : say.render(found, values);
}
