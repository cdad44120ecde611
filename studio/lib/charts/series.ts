/**
 * What a chart of months draws: a name and a figure for each month. Also called: data series, 系列.
 */
export interface Series {
  readonly name: string;
  /** Decimal text; null where there is no figure. */
  readonly values: readonly (string | null)[];
}
