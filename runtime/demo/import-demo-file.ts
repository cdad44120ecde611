/**
 * How does a demo file get in? By the same service as anybody's file; one that is in already is left alone.
 */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { importUsage } from '#runtime/services/import-usage.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Told } from './seed.ts';

export async function importDemoFile(
  app: App,
  actor: Actor,
  file: { readonly path: string; readonly format: string; readonly givenOn?: string },
  { log }: Told,
): Promise<void> {
  const { path, ...how } = file;
  try {
    const { name, received, accepted, duplicate, rejected } = await importUsage(app, actor, {
      name: basename(path),
      content: createReadStream(path),
      ...how,
    });
    log('demo.imported', {
      name,
      received: String(received),
      accepted: String(accepted),
      duplicate: String(duplicate),
      rejected: String(rejected),
    });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'file-already-imported') throw error;
  }
}
