/**
 * Which rows does the address ask for? Search, filters, order and page live there, so that a link is a view.
 * Also called: query string, URL state, 絞り込み.
 */
import { isCivilDate, type CivilDate } from '#engine/calendar/civil-date.ts';

export interface ListOrder {
  readonly by: string;
  readonly descending: boolean;
}

/** The search of `url` with some parameters changed; an empty value takes a parameter away, and any change but `page` goes back to page 1. */
export function changedSearch(
  url: { readonly searchParams: URLSearchParams | ReadonlyParams },
  changes: Readonly<Record<string, string>>,
): string {
  const search = new URLSearchParams(url.searchParams.toString());
  if (!('page' in changes)) search.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') search.delete(name);
    else search.set(name, value);
  }
  const text = search.toString();
  return text === '' ? '?' : `?${text}`;
}

interface ReadonlyParams {
  toString(): string;
}

/** The order that `?sort=` names ('-total' is descending), or `otherwise` when it names none of `allowed`. */
export function orderOf<By extends string>(
  url: URL,
  allowed: readonly By[],
  otherwise: { by: By; descending: boolean },
): { by: By; descending: boolean } {
  const sort = url.searchParams.get('sort') ?? '';
  const descending = sort.startsWith('-');
  const by = allowed.find((name) => name === sort.replace(/^-/, ''));
  return by === undefined ? otherwise : { by, descending };
}

/** The page that `?page=` names, counted from 1. */
export function pageOf(url: URL): number {
  const page = Number(url.searchParams.get('page') ?? '1');
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

/** The text of a parameter without the blanks around it, or undefined. */
export function textOf(url: URL, name: string): string | undefined {
  const text = url.searchParams.get(name)?.trim();
  return text === undefined || text === '' ? undefined : text;
}

/** A parameter that must be one of `allowed`. */
export function choiceOf<Choice extends string>(
  url: URL,
  name: string,
  allowed: readonly Choice[],
): Choice | undefined {
  const text = textOf(url, name);
  return allowed.find((choice) => choice === text);
}

/** A parameter that must be a day, '2026-11-30'. */
export function dayOf(url: URL, name: string): CivilDate | undefined {
  const text = textOf(url, name);
  return text !== undefined && isCivilDate(text) ? text : undefined;
}
