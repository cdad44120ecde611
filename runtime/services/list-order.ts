/**
 * In which order does a list come?
 * Each list names what it can be ordered by, with the columns in SQL; only these names are ever asked for, so no text from outside
 * becomes SQL. Also called: sort, order by, 並べ替え.
 */

export type OrderAsked<By extends string> = { readonly sort?: By; readonly descending?: boolean };

/** What follows `order by`: the columns of what is asked for, what is empty last; then `last`, so that no two rows are alike. Unless asked, `usual`. */
export function orderBy<By extends string>(
  columns: Readonly<Record<By, string>>,
  { sort, descending = false }: OrderAsked<By>,
  usual: Required<OrderAsked<By>>,
  last: string,
): string {
  const isKnown = sort !== undefined && Object.hasOwn(columns, sort);
  const [by, isDescending] = isKnown ? [sort, descending] : [usual.sort, usual.descending];
  return `${columns[by]} ${isDescending ? 'desc' : 'asc'} nulls last, ${last}`;
}
