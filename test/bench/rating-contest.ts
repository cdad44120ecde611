/**
 * How fast does this machine rate a million events written out by hand? The ceiling that rating is compared with.
 * The reference lies outside this repository, where we cannot change it: KANADE_REFERENCE, or `shared/bench` beside the checkout.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Contest } from './measure.ts';

interface Reference {
  readonly EXPECTED_TOTAL: number;
  events(): { readonly count: number };
  rateByHand(events: { readonly count: number }, out?: Float64Array): number;
}

export async function ratingContest(): Promise<Contest> {
  const beside = fileURLToPath(new URL('../../../shared/bench/reference-rating.mjs', import.meta.url));
  const file = resolve(process.env['KANADE_REFERENCE'] ?? beside);
  if (!existsSync(file)) throw new Error(`the reference is not at ${file}: set KANADE_REFERENCE`);
  const reference = (await import(pathToFileURL(file).href)) as Reference;
  const events = reference.events();
  const out = new Float64Array(events.count);
  return {
    name: 'rating-reference',
    unit: 'events/s',
    size: events.count,
    product: () => String(reference.rateByHand(events, out)),
    reference: () => (reference.rateByHand(events, out), String(reference.EXPECTED_TOTAL)),
  };
}
