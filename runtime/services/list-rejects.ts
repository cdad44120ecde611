/**
 * Which usage lines were refused, and why?
 * Also called: reject list, error list, エラー明細, 取込エラー一覧.
 */
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { dayOfFile } from '#runtime/usage/lines-received.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';

export type RejectListed = {
  readonly id: string;
  readonly fileId: string;
  readonly fileName: string;
  readonly lineNumber: number;
  /** The line as text, to read and to correct; what cannot be read shows as �. `raw` has its bytes, in base 64. */
  readonly text: string;
  readonly raw: string;
  /** Words under `reject.<code>`, with these values. */
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  readonly state: 'open' | 'corrected' | 'void';
  readonly rejectedAt: string;
  readonly correctedText: string | null;
  /** Why it was set aside, if it was. When and by whom, as of a correction. */
  readonly voidReason: string | null;
  readonly correctedAt: string | null;
  readonly correctedBy: string | null;
};

export type RejectsAsked = PageRequest & {
  readonly fileId?: string;
  readonly code?: string;
  readonly state?: RejectListed['state'];
  /** Of files that count to these days. Half-open. */
  readonly days?: { readonly start?: CivilDate; readonly end?: CivilDate };
};

type RejectRow = Omit<RejectListed, 'text' | 'raw' | 'correctedText'> & {
  readonly raw: Buffer;
  readonly corrected_raw: Buffer | null;
  readonly encoding: string;
};

/** File by file, the latest first, in order of line. */
export async function listRejects(app: App, actor: Actor, input: RejectsAsked = {}): Promise<Page<RejectListed>> {
  authorize(actor, 'usage.read');
  const found = await withScope(app, actor, (tx) =>
    readPage<RejectRow>(
      tx,
      input,
      `select r.id, r.file_id as "fileId", file.name as "fileName", r.line_number as "lineNumber", r.raw, r.code, r.details as values, r.state,
              r.rejected_at as "rejectedAt", r.corrected_raw, r.void_reason as "voidReason", r.corrected_at as "correctedAt", p.name as "correctedBy",
              coalesce(v.document::jsonb #>> '{body,encoding}', 'utf-8') as encoding
       from usage_reject r
       join usage_file file on file.tenant_id = r.tenant_id and file.id = r.file_id
       join tenant on tenant.id = r.tenant_id
       left join ruleset_version v on v.tenant_id = file.tenant_id and v.kind = 'fileFormat' and v.id = file.format and v.version = file.format_version
       left join person p on p.id = r.corrected_by
       where ($1::text is null or r.file_id::text = $1) and ($2::text is null or r.code = $2) and ($3::text is null or r.state = $3)
         and ($4::date is null or ${dayOfFile} >= $4) and ($5::date is null or ${dayOfFile} < $5)
       order by file.imported_at desc, file.id, r.line_number`,
      [
        ...[input.fileId ?? null, input.code ?? null, input.state ?? null],
        ...[input.days?.start ?? null, input.days?.end ?? null],
      ],
    ),
  );
  return { ...found, rows: found.rows.map(listed) };
}

function listed({ raw, corrected_raw, encoding, ...row }: RejectRow): RejectListed {
  return {
    ...row,
    text: new TextDecoder(encoding).decode(raw),
    raw: raw.toString('base64'),
    correctedText: corrected_raw === null ? null : corrected_raw.toString('utf8'),
  };
}
