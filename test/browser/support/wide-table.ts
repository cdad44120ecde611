/** How does an author work in a price table of 5,000 rows and 40 columns, and how long does the screen stand still meanwhile? */
import type { CDPSession, Locator, Page } from 'playwright-core';

/** A matrix of 35 conditions beside the id, two names, the unit price and its size: as wide as a table gets. */
export function wideCharge(rows: number): object {
  const facts = ['usage.destination', 'usage.band', 'usage.number', 'usage.meter'];
  const columns = Array.from({ length: 35 }, (_, i) => ({ fact: facts[i % facts.length], match: 'equal' }));
  const line = (row: number): object => ({
    id: `row-${row}`,
    when: columns.map((_, column) => (column === 0 ? `area-${row}` : null)),
    unitPrice: String(10 + (row % 50)),
  });
  return {
    ...{ type: 'usage', id: 'wide', name: { ja: '大きな料金表', en: 'A wide price table' }, meter: 'voice.seconds' },
    unit: { size: '60', rounding: 'up', per: 'event' },
    price: { model: 'matrix', hit: 'first', columns, rows: Array.from({ length: rows }, (_, row) => line(row)) },
    taxCategory: 'standard',
  };
}

export const cellAt = (page: Page, row: number, column: number): Locator =>
  page.locator(`revogr-viewport-scroll.rgCol .rgCell[data-rgrow="${row}"][data-rgcol="${column}"]`);

/** The cell that stands in the middle of the grid, wherever it has been scrolled to. */
export async function cellInTheMiddle(page: Page): Promise<Locator> {
  const box = (await page.locator('revo-grid').boundingBox())!;
  const place = await page.evaluate(({ x, y, width, height }) => {
    const cell = document.elementFromPoint(x + width / 2, y + height / 2)?.closest<HTMLElement>('.rgCell');
    return [Number(cell?.dataset['rgrow']), Number(cell?.dataset['rgcol'])] as const;
  }, box);
  return cellAt(page, ...place);
}

/** The longest that the screen stood still while `work` was done, in milliseconds. */
export async function longestPause(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const watched = globalThis as unknown as { longest: number; stop: boolean };
    Object.assign(watched, { longest: 0, stop: false });
    let last = performance.now();
    const next = (): void => {
      const now = performance.now();
      watched.longest = Math.max(watched.longest, now - last);
      last = now;
      if (!watched.stop) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work();
  return page.evaluate(() => {
    const watched = globalThis as unknown as { longest: number; stop: boolean };
    watched.stop = true;
    return watched.longest;
  });
}

/** Pastes a block, as a spreadsheet puts it on the clipboard, at the cell that has the focus. */
export async function pasteBlock(page: Page, block: readonly (readonly string[])[]): Promise<void> {
  await page.evaluate(
    (text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    },
    block.map((cells) => cells.join('\t')).join('\n'),
  );
}

/** Composes 「にほん」 by an input method, beginning on the cell that has the focus, and leaves it so. */
export async function beginComposing(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.imeSetComposition', { text: 'にほん', selectionStart: 3, selectionEnd: 3 });
  return session;
}

/** Composes 「日本」 in the same way, and takes it with Enter. */
export async function composeJapan(page: Page): Promise<void> {
  const session = await beginComposing(page);
  await session.send('Input.insertText', { text: '日本' });
  await page.keyboard.press('Enter');
}
