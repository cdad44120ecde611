/**
 * Say why a line of a bill has its amount: computed again from frozen inputs, followed to the rule and to who published it.
 * Also called: why, trace of a line, 金額の理由, なぜこの金額.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { calledIn } from '#engine/explain/aloud/called.ts';
import { lineAloud } from '#engine/explain/aloud/line-aloud.ts';
import { explanationOf, rederive } from '#runtime/bills/explain.ts';
import { storedBill } from '#runtime/bills/read-bill.ts';
import { frameOf } from '#runtime/cycles/frame.ts';
import { withScope, type SqlRunner } from '#runtime/db/scope.ts';
import type { BillLine, Localized, RulesetKind, TraceNode } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

export type LineExplained = {
  readonly line: BillLine;
  /** As it is read to a customer. */
  readonly aloud: Said;
  /** By phase: what made the line and whatever changed it. Words: `trace.…`. */
  readonly notes: readonly TraceNode[];
  /** The version of the ruleset that put the line there. */
  readonly rule: {
    readonly ruleset: string;
    readonly version: number;
    readonly name: Localized;
    readonly hash: string;
    readonly publishedBy: string;
    readonly publishedAt: string;
    readonly release: number;
  } | null;
};

export async function explainLine(
  app: App,
  actor: Actor,
  { billId, lineId }: { readonly billId: string; readonly lineId: string },
): Promise<LineExplained> {
  authorize(actor, 'bill.read');
  return withScope(app, actor, async (tx) => {
    const stored = await storedBill(tx, billId);
    const frame = await frameOf(tx, actor.tenantId, stored.cycleId, app.keys.publicKey);
    const rederived = await rederive(tx, stored, frame);
    const { line, notes } = explanationOf(rederived, lineId);
    const { bill, document } = rederived;
    const steps = notes.flatMap(({ children = [] }) => children).find((node) => node.line === lineId)?.children ?? [];
    const called = calledIn(document, bill, frame.release);
    const aloud = lineAloud(line, { bill, release: frame.release, called, steps });
    return { line, aloud, notes, rule: await ruleBehind(tx, line, frame) };
  });
}

async function ruleBehind(
  tx: SqlRunner,
  { ruleset, version }: BillLine,
  { release, cycle }: Awaited<ReturnType<typeof frameOf>>,
): Promise<LineExplained['rule']> {
  const [kind, id] = ruleset.split('/') as [RulesetKind, string];
  const rule = release.version(kind, id, version);
  const [found] = await tx.sql<{ hash: string; publishedBy: string; publishedAt: string }>(
    `select v.hash, coalesce(p.name, '') as "publishedBy", v.published_at as "publishedAt"
     from ruleset_version v left join person p on p.id = v.published_by
     where v.kind = $1 and v.id = $2 and v.version = $3`,
    [kind, id, version],
  );
  return found === undefined || rule === undefined
    ? null
    : { ruleset, version, name: rule.name, ...found, release: cycle.releaseNumber };
}
