/**
 * Where does a key lead in the grid, that the grid itself does not know?
 * Also called: keyboard navigation, キー操作.
 */

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

const rowsOnAPage = 20;

/** The cell that the key leads to, or undefined for a key that leads nowhere. */
export function ledTo(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  from: CellPlace,
  rows: number,
  columns: number,
): CellPlace | undefined {
  const far = event.ctrlKey || event.metaKey;
  const within = (row: number): number => Math.max(0, Math.min(rows - 1, row));
  switch (event.key) {
    case 'Home':
      return { row: far ? 0 : from.row, column: 0 };
    case 'End':
      return { row: far ? rows - 1 : from.row, column: columns - 1 };
    case 'PageDown':
      return { ...from, row: within(from.row + rowsOnAPage) };
    case 'PageUp':
      return { ...from, row: within(from.row - rowsOnAPage) };
    default:
      return undefined;
  }
}
