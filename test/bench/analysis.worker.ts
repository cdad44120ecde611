/** Judges a price table as the grid's worker does, and tells its first fifty findings. */
import { parentPort } from 'node:worker_threads';
import { judgedTable } from '#lib/grid/judged-table.ts';
import type { MatrixPrice } from '#schemas/generated/types.ts';

parentPort?.on('message', (price: MatrixPrice) => {
  for (const { findings, isOver } of judgedTable({ price, where: undefined, effective: undefined }, () => true)) {
    if (findings.length < 50 && !isOver) continue;
    parentPort?.postMessage(findings);
    return;
  }
});
