/**
 * How is a long list asked for, a page at a time?
 * Also called: paging, pagination, ページ送り.
 */
import type { QueryResultRow } from 'pg';
import type { SqlRunner } from '#runtime/db/scope.ts';

/** Pages count from 1. */
export type PageRequest = { readonly page?: number; readonly pageSize?: number };

export type Page<Row> = {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
};

const USUAL_PAGE_SIZE = 50;
/** What a file of a whole list is read by: every page finds and counts anew, so that fewer are faster. */
export const LARGEST_PAGE_SIZE = 5_000;

/** A long table read in two steps: the keys are found, counted and cut to a page; only for these is the rest looked up. */
export type KeyedQuery = {
  /** Finds the keys, without an order. */
  readonly keys: string;
  /** Of the columns of `keys`, as SQL. */
  readonly order: string;
  /** The whole query around `page`, which stands for the keys of the page. Ends in its own order. */
  readonly rows: (page: string) => string;
};

/**
 * The asked-for page of what `query` finds, and how much it finds in all. A query in one piece is complete but for limit and offset.
 * Nonsense in a request, as from an address line, gives the first page of the usual size.
 */
export async function readPage<Row extends QueryResultRow>(
  tx: SqlRunner,
  request: PageRequest,
  query: string | KeyedQuery,
  parameters: readonly unknown[] = [],
): Promise<Page<Row>> {
  const { page, pageSize } = pageAsked(request);
  const keys = typeof query === 'string' ? query : query.keys;
  const [found] = await tx.sql<{ total: number }>(`select count(*)::int as total from (${keys}) as found`, parameters);
  const next = parameters.length + 1;
  const cut = `limit $${next} offset $${next + 1}`;
  const rows = await tx.sql<Row>(
    typeof query === 'string' ? `${query} ${cut}` : query.rows(`(${query.keys} order by ${query.order} ${cut})`),
    [...parameters, pageSize, (page - 1) * pageSize],
  );
  return { rows, total: found?.total ?? 0, page, pageSize };
}

/** The page that is meant, and how long it is. */
export function pageAsked({ page, pageSize }: PageRequest): Required<PageRequest> {
  return {
    page: within(page, Math.floor(Number.MAX_SAFE_INTEGER / LARGEST_PAGE_SIZE), 1),
    pageSize: within(pageSize, LARGEST_PAGE_SIZE, USUAL_PAGE_SIZE),
  };
}

function within(asked: number | undefined, most: number, usual: number): number {
  return asked !== undefined && Number.isInteger(asked) && asked >= 1 && asked <= most ? asked : usual;
}
