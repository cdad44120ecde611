/**
 * Why does a line of a bill have its amount?
 * Answered by computing the bill again from the inputs that its cycle froze, with a trace, and checked against what is stored: an
 * explanation of another bill than the customer received is none. Also called: re-derivation, replay, 再計算, 金額の根拠.
 */
import { bill as computeBill } from '#engine/billing/bill.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { StoredBill } from '#runtime/bills/read-bill.ts';
import { periodEndOf } from '#runtime/cycles/closing-of-group.ts';
import { billIdOf } from '#runtime/cycles/compute-group.ts';
import type { Frame } from '#runtime/cycles/compute-chunk.ts';
import { digestOf } from '#runtime/cycles/digest.ts';
import { documentOf } from '#runtime/cycles/document-of.ts';
import { readGroups, readUsage } from '#runtime/cycles/group-rows.ts';
import type { SqlRunner } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { AccountDocument, Bill, BillLine, TraceNode } from '#schemas/generated/types.ts';

export type Rederived = { readonly bill: Bill; readonly trace: TraceNode; readonly document: AccountDocument };

/** The document from which a bill was computed, read again at the cycle's knowledge number. */
export async function documentBehind(
  tx: SqlRunner,
  stored: StoredBill,
  frame: Frame,
): Promise<AccountDocument | undefined> {
  const { shard, payerHash, groupId } = stored;
  const groups = await readGroups(tx, frame.cycle, [{ shard, fromHash: payerHash, toHash: payerHash }]);
  const rows = groups.find((group) => group.groupId === groupId);
  if (rows === undefined) return undefined;
  const { cycle, document } = frame;
  const usage = await readUsage(tx, cycle, [rows], (group) => periodEndOf(group, document, cycle.periodEnd));
  return documentOf(rows, usage.get(groupId) ?? [], frame.document);
}

/** The bill, computed again with its trace. Refuses with `explanation-differs` when it is not the stored one to the byte. */
export async function rederive(tx: SqlRunner, stored: StoredBill, frame: Frame): Promise<Rederived> {
  const document = await documentBehind(tx, stored, frame);
  const result = document === undefined ? undefined : computeBill(document, frame.release, { trace: true });
  const index = result?.bills.findIndex((made) => billIdOf(made) === stored.id) ?? -1;
  const made = result?.bills[index];
  const trace = result?.trace?.[index];
  if (document === undefined || made === undefined || trace === undefined) throw differs(stored, frame);
  if (digestOf(canonicalJson(made)) !== stored.digest || digestOf(stored.body) !== stored.digest)
    throw differs(stored, frame);
  return { bill: made, trace, document };
}

function differs({ id }: StoredBill, { cycle }: Frame): Refusal {
  return new Refusal('explanation-differs', { bill: id, build: cycle.build.slice(0, 12) });
}

/** The line and what its trace says of it; whatever changed the line later is among the notes. */
export function explanationOf(
  { bill, trace }: Rederived,
  lineId: string,
): { readonly line: BillLine; readonly notes: readonly TraceNode[] } {
  const line = bill.lines.find(({ id }) => id === lineId);
  if (line === undefined) throw new Refusal('bill-line-unknown', { line: lineId }, 404);
  const changing = bill.lines.filter(({ target }) => target === lineId).map(({ id }) => id);
  const concerned = new Set([lineId, ...changing]);
  const notes = (trace.children ?? []).flatMap((phase) => {
    const children = (phase.children ?? []).filter((node) => node.line !== undefined && concerned.has(node.line));
    return children.length > 0 ? [{ ...phase, children }] : [];
  });
  return { line, notes };
}
