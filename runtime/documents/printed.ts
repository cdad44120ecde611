/**
 * Where are documents set? In a thread of their own, so that nobody waits for a page while an invoice is printed.
 */
import { Piscina } from 'piscina';
import type { ToPrint } from '#runtime/workers/print.worker.ts';

let presses: Piscina<ToPrint, Uint8Array> | undefined;

/** The PDF of a source, drawn by the form in `templates/<folder>/`. */
export function printed(folder: string, source: string): Promise<Uint8Array> {
  presses ??= new Piscina<ToPrint, Uint8Array>({
    filename: new URL('../workers/print.worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    // Fonts are read once a thread: it stays for the next invoices.
    idleTimeout: 60_000,
  });
  return presses.run({ folder, source });
}
