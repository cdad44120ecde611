/**
 * Which language and look did this browser choose? Remembered in two cookies that scripts cannot read.
 * Also called: settings, cookie, 表示設定.
 */
import type { Cookies } from '@sveltejs/kit';
import { preferredLocale } from '#schemas/messages/render.ts';
import { locales, type Locale } from '#schemas/messages/words.ts';
import { isTheme, type Theme } from '#lib/shell/theme.ts';

const aYear = 365 * 24 * 3600;
const names = { locale: 'kanade.locale', theme: 'kanade.theme' } as const;

/**
 * The language chosen in this browser, else the person's own, else the first of `accepted` that we speak, else Japanese.
 * `accepted` is the header Accept-Language, whose languages browsers send the dearest first.
 */
export function localeOf(
  cookies: Cookies,
  person: { readonly locale: Locale } | null,
  accepted: string | null,
): Locale {
  const languages = accepted?.split(',').map((each) => each.trim()) ?? [];
  return preferredLocale(cookies.get(names.locale), person?.locale, ...languages);
}

export function themeOf(cookies: Cookies): Theme {
  const theme = cookies.get(names.theme);
  return isTheme(theme) ? theme : 'system';
}

/** Remembers what the form names; anything else is left as it is. */
export function rememberPreferences(cookies: Cookies, form: FormData, https: boolean): void {
  const locale = locales.find((each) => each === form.get('locale'));
  const theme = form.get('theme');
  const options = { path: '/', maxAge: aYear, httpOnly: true, sameSite: 'lax', secure: https } as const;
  if (locale !== undefined) cookies.set(names.locale, locale, options);
  if (isTheme(theme)) cookies.set(names.theme, theme, options);
}
