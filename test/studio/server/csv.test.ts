/** A list leaves as a file row by row: whole, in order, without what a spreadsheet would take for a formula, and no longer than somebody wants it. */
import { expect, it } from 'vitest';
import { asRows, csvDownload, everyRow } from '#lib/server/csv.ts';
import type { PageRequest } from '#runtime/services/page.ts';

/** A list of `count` numbers from the highest down, read a page at a time; what was asked of it is kept. */
function listOf(count: number) {
  const asked: number[] = [];
  const rows = Array.from({ length: count }, (_, index) => count - index);
  const list = ({ page = 1, pageSize = 50 }: PageRequest) => {
    asked.push(page);
    const part = rows.slice((page - 1) * pageSize, page * pageSize);
    return Promise.resolve({ rows: part, total: rows.length, page, pageSize });
  };
  return { list, asked, rows };
}

it('is text in quotes where needed, and a formula is led by an apostrophe while a figure stays one', async () => {
  const rows = [
    ['=1+1', '-500', 'a,b'],
    ['say "yes"', null, 0],
  ] as const;
  const file = await csvDownload('x', ['a', 'b', 'c'], rows);
  // The mark is what `text()` takes off the front; the bytes have it.
  const bytes = new Uint8Array(await file.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(new TextDecoder().decode(bytes)).toBe('a,b,c\r\n\'=1+1,-500,"a,b"\r\n"say ""yes""",,0\r\n');
});

it('holds every row once and in order, over as many pages as it takes', async () => {
  const { list, asked } = listOf(12_000);
  const file = await csvDownload(
    'x',
    ['n'],
    asRows(
      everyRow(list, (row) => row),
      (row) => [row],
    ),
  );
  const lines = (await file.text()).split('\r\n');
  expect(lines.slice(1, -1)).toEqual(Array.from({ length: 12_000 }, (_, index) => String(12_000 - index)));
  expect(asked).toEqual([1, 2, 3]);
});

it('holds no row twice that moved to the next page because others came in before it', async () => {
  const { list, rows } = listOf(10_000);
  const had: number[] = [];
  for await (const row of everyRow(list, (each) => each)) {
    if (had.length === 100) rows.unshift(10_002, 10_001);
    had.push(row);
  }
  expect(had).toEqual(Array.from({ length: 10_000 }, (_, index) => 10_000 - index));
});

it('is read no further once nobody wants it', async () => {
  const { list, asked } = listOf(100_000);
  const long = 'x'.repeat(1_000);
  const file = await csvDownload(
    'x',
    ['n'],
    asRows(
      everyRow(list, (row) => row),
      (row) => [row, long],
    ),
  );
  const reader = file.body!.getReader();
  await reader.read();
  await reader.cancel();
  expect(asked.length).toBeLessThan(3);
});

it('is no file when the list is refused', async () => {
  const refused = everyRow<number>(
    () => Promise.reject(new Error('no')),
    (row) => row,
  );
  await expect(
    csvDownload(
      'x',
      ['n'],
      asRows(refused, (row) => [row]),
    ),
  ).rejects.toThrow('no');
});
