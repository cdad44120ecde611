/**
 * Which usage files came in, and what became of their lines?
 * Also called: import history, 取込履歴, 取込状況.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { rulesetNameOf } from '#runtime/catalogue/ruleset-name.ts';
import { withScope } from '#runtime/db/scope.ts';
import { orderBy, type NamesColumn, type OrderAsked } from '#runtime/services/list-order.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';
import type { Localized } from '#schemas/generated/types.ts';

/** Lines: received = accepted + duplicate + rejected; a line that was corrected counts as accepted or duplicate. */
export type UsageFileListed = {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly formatName: Localized;
  readonly formatVersion: number;
  readonly givenOn: string | null;
  readonly received: number;
  readonly accepted: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** Refused, and set aside for good. */
  readonly voided: number;
  readonly records: number;
  readonly importedAt: string;
  readonly importedBy: string;
};

export type UsageFileOrder = 'name' | 'format' | 'received' | 'rejected' | 'importedAt' | 'importedBy';

export type UsageFilesAsked = PageRequest &
  OrderAsked<UsageFileOrder> & {
    /** Part of the file's name, of its format's id or name, or of the name of who took it in. */
    readonly search?: string;
  };

const formatName = rulesetNameOf('fileFormat', 'f.format');

const orders: Readonly<Record<UsageFileOrder, string | NamesColumn>> = {
  name: 'f.name',
  format: { names: formatName },
  received: 'f.received_lines',
  rejected: 'f.rejected_lines',
  importedAt: 'f.imported_at',
  importedBy: 'p.name',
};

/** The latest file first, unless another order is asked for. */
export async function listUsageFiles(
  app: App,
  actor: Actor,
  input: UsageFilesAsked = {},
): Promise<Page<UsageFileListed>> {
  authorize(actor, 'usage.read');
  return withScope(app, actor, (tx) =>
    readPage<UsageFileListed>(
      tx,
      input,
      `select f.id, f.name, f.format, ${formatName} as "formatName", f.format_version as "formatVersion", f.given_on as "givenOn", f.received_lines as received,
              f.accepted_lines as accepted, f.duplicate_lines as duplicate, f.rejected_lines as rejected, f.void_lines as "voided", f.records,
              f.imported_at as "importedAt", coalesce(p.name, '') as "importedBy"
       from usage_file f left join person p on p.id = f.imported_by
       where $1::text is null or strpos(lower(concat_ws(' ', f.name, f.format, ${formatName} ->> 'ja', ${formatName} ->> 'en', p.name)), lower($1)) > 0
       order by ${orderBy(orders, input, { sort: 'importedAt', descending: true }, 'f.imported_at desc, f.id')}`,
      [input.search?.trim() || null],
    ),
  );
}
