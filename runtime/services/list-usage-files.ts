/**
 * Which usage files came in, and what became of their lines?
 * Also called: import history, 取込履歴, 取込状況.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';

/** Lines: received = accepted + duplicate + rejected; a line that was corrected counts as accepted or duplicate. */
export type UsageFileListed = {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly formatVersion: number;
  readonly givenOn: string | null;
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  readonly records: number;
  readonly importedAt: string;
  readonly importedBy: string;
};

/** The latest file first. */
export async function listUsageFiles(app: App, actor: Actor, input: PageRequest = {}): Promise<Page<UsageFileListed>> {
  authorize(actor, 'usage.read');
  return withScope(app, actor, (tx) =>
    readPage<UsageFileListed>(
      tx,
      input,
      `select f.id, f.name, f.format, f.format_version as "formatVersion", f.given_on as "givenOn", f.received_lines as received,
              f.accepted_lines as accepted, f.duplicate_lines as duplicate, f.rejected_lines as rejected, f.records,
              f.imported_at as "importedAt", coalesce(p.name, '') as "importedBy"
       from usage_file f left join person p on p.id = f.imported_by
       order by f.imported_at desc, f.id`,
    ),
  );
}
