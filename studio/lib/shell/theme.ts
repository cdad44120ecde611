/**
 * How may the screen look? As the machine is set, light, or dark.
 * Also called: dark mode, colour scheme, テーマ, ダークモード.
 */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export function isTheme(text: unknown): text is Theme {
  return themes.some((theme) => theme === text);
}
