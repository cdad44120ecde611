/**
 * In which order does a list come?
 * Each list names what it can be ordered by, with the columns in SQL; only these names are ever asked for, so no text from outside
 * becomes SQL. Also called: sort, order by, 並べ替え.
 */
import type { Locale } from '#schemas/messages/words.ts';

export type OrderAsked<By extends string> = {
  readonly sort?: By;
  readonly descending?: boolean;
  /** The language in which names are put in order; Japanese when left out. */
  readonly locale?: Locale;
};

/** A column of names in two languages, ordered by the one that is read. */
export type NamesColumn = { readonly names: string };

/** What follows `order by`: the columns of what is asked for, what is empty last; then `last`, so that no two rows are alike. Unless asked, `usual`. */
export function orderBy<By extends string>(
  columns: Readonly<Record<By, string | NamesColumn>>,
  { sort, descending = false, locale }: OrderAsked<By>,
  usual: Required<Omit<OrderAsked<By>, 'locale'>>,
  last: string,
): string {
  const isKnown = sort !== undefined && Object.hasOwn(columns, sort);
  const [by, isDescending] = isKnown ? [sort, descending] : [usual.sort, usual.descending];
  const column = columns[by];
  const expression = typeof column === 'string' ? column : `${column.names} ->> '${locale === 'en' ? 'en' : 'ja'}'`;
  return `${expression} ${isDescending ? 'desc' : 'asc'} nulls last, ${last}`;
}
