/** What is a row of a price table, from the texts of a file? Also called: table row, 料金表の行. */
import type { MatrixCell, MatrixRow } from '#schemas/generated/types.ts';

export const figures = ['unitPrice', 'unitSize', 'connectFee'] as const;

export interface RowRead {
  readonly id: string;
  readonly ja: string;
  readonly en: string;
  readonly when: MatrixCell[];
}

/** `texts` are those of the `fields`; figures that are left out are empty or 'null'. Undefined where there is no price. */
export function rowOf(
  { id, ja, en, when }: RowRead,
  fields: readonly string[],
  texts: readonly string[],
): MatrixRow | undefined {
  const read = Object.fromEntries(
    figures.flatMap((figure) => {
      const text = texts[fields.indexOf(figure)] ?? '';
      return text === '' || text === 'null' ? [] : [[figure, text]];
    }),
  );
  const { unitPrice, ...rest } = read;
  if (unitPrice === undefined) return undefined;
  const name = ja === '' && en === '' ? {} : { name: { ja: ja === '' ? en : ja, en: en === '' ? ja : en } };
  return { id, ...name, when, unitPrice, ...rest };
}
