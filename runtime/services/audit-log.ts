/**
 * Who did what, and does the record of it hold?
 * Also called: audit log, activity history, 操作履歴, 監査ログ.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import { verifyChain } from '#runtime/audit/audit.ts';
import { namesIn, type AuditNames } from '#runtime/audit/names.ts';
import type { App } from '#runtime/app.ts';
import { withScope } from '#runtime/db/scope.ts';
import { readPage, type Page, type PageRequest } from '#runtime/services/page.ts';

export type AuditListed = {
  readonly number: number;
  readonly at: string;
  readonly person: string;
  readonly action: string;
  readonly object: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** What the things that it is about are called today. */
  readonly names: AuditNames;
};

export type AuditLog = PageRequest & {
  readonly action?: string;
  /** The thing acted on, or how its name begins: 'release/3', 'cycle/'. */
  readonly object?: string;
  readonly personId?: string;
  /** Civil days in the tenant's zone; `to` is the first day left out. */
  readonly from?: string;
  readonly to?: string;
};

/** What happened, the latest first. */
export async function auditLog(app: App, actor: Actor, input: AuditLog = {}): Promise<Page<AuditListed>> {
  authorize(actor, 'audit.read');
  return withScope(app, actor, async (tx) => {
    const found = await readPage<Omit<AuditListed, 'names'>>(
      tx,
      input,
      `select a.number::int as number, a.at, coalesce(p.name, '') as person, a.action, a.object, a.details
       from audit_entry a join tenant t on t.id = a.tenant_id left join person p on p.id = a.person_id
       where ($1::text is null or a.action = $1)
         and ($2::text is null or a.object ^@ $2)
         and ($3::uuid is null or a.person_id = $3)
         and ($4::date is null or a.at >= $4::date::timestamp at time zone t.zone)
         and ($5::date is null or a.at < $5::date::timestamp at time zone t.zone)
       order by a.number desc`,
      [input.action ?? null, input.object ?? null, input.personId ?? null, input.from ?? null, input.to ?? null],
    );
    const names = await namesIn(tx, found.rows);
    return { ...found, rows: found.rows.map((row, index) => ({ ...row, names: names[index] ?? {} })) };
  });
}

/** The number of the first entry that was touched after it was written, or null when every one holds. */
export async function verifyAuditLog(app: App, actor: Actor): Promise<{ readonly firstBad: number | null }> {
  authorize(actor, 'audit.read');
  return { firstBad: await withScope(app, actor, (tx) => verifyChain(tx, actor.tenantId)) };
}
