/**
 * What does one billing group come to in a cycle: its bills and the state they leave, or the reason why it cannot be billed?
 * Pure but for digests. Whatever a bad group throws, it is set aside with its input and the others go on.
 * Also called: rating, bill calculation, quarantine, 請求計算, 保留, エラー隔離.
 */
import { bill, type WaysOfCounting } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { textToMinor } from '#engine/money/money.ts';
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { Release } from '#engine/rulesets/release.ts';
import { counterFor } from '#engine/usage/count-ahead.ts';
import { digestOf } from '#runtime/cycles/digest.ts';
import {
  documentOf,
  usageOf,
  usageOfProducts,
  wholeDocument,
  type DocumentFrame,
} from '#runtime/cycles/document-of.ts';
import type { GroupRows, UsageRow } from '#runtime/cycles/group-rows.ts';
import type { Bill, BillingResult, BillingState } from '#schemas/generated/types.ts';

/** A bill with what is stored beside it. */
export type ComputedBill = {
  readonly id: string;
  readonly groupId: string;
  readonly bill: Bill;
  readonly body: string;
  readonly digest: string;
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  readonly totalMinor: bigint;
};

export type Quarantined = {
  readonly groupId: string;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
  /** The raw input, as JSON: the document, or the rows where no document could be made of them. */
  readonly input: string;
};

/** How the usage of groups was counted. */
export type Counting = Readonly<WaysOfCounting> & {
  /** Groups whose usage was counted while it was read, */
  readonly ahead: number;
  /** and groups whose uses the bill had to see, one by one. */
  readonly whole: number;
};

export const nothingCounted: Counting = { ahead: 0, whole: 0, inNumbers: 0, inFractions: 0 };

export type GroupResult =
  | {
      readonly groupId: string;
      readonly bills: readonly ComputedBill[];
      readonly state: BillingState | undefined;
      readonly usageRecords: number;
      readonly counting: Counting;
      readonly quarantined?: never;
    }
  | { readonly quarantined: Quarantined };

export function computeGroup(
  rows: GroupRows,
  usage: readonly UsageRow[],
  frame: DocumentFrame,
  release: Release,
): GroupResult {
  const { groupId } = rows;
  let input: unknown = { ...rows, usage };
  try {
    const ahead = countedAhead(rows, usage, frame, release);
    if (ahead !== undefined) return ahead;
    const document = documentOf(rows, usage, frame);
    if (document === undefined)
      return { groupId, bills: [], state: undefined, usageRecords: 0, counting: nothingCounted };
    input = document;
    // Usage that is here again was counted by the cycle that billed it.
    const usageRecords = (document.usage?.length ?? 0) - usage.filter(({ again }) => again).length;
    const waysOfCounting = { inNumbers: 0, inFractions: 0 };
    const result = bill(document, release, { waysOfCounting });
    const whole = (document.usage?.length ?? 0) > 0 ? 1 : 0;
    return resultOf(groupId, result, usageRecords, { ahead: 0, whole, ...waysOfCounting });
  } catch (error) {
    return { quarantined: { groupId, ...reasonOf(error), input: JSON.stringify(input) } };
  }
}

/**
 * The bills where usage can be counted while it is read; undefined where the uses themselves have to be looked at, and where
 * anything is wrong: then the whole document says what.
 */
function countedAhead(
  rows: GroupRows,
  usage: readonly UsageRow[],
  frame: DocumentFrame,
  release: Release,
): GroupResult | undefined {
  if (usage.length === 0 || rows.again !== undefined) return undefined;
  try {
    const document = wholeDocument(rows, [], frame);
    const counter = counterFor(document, release);
    const own = usageOfProducts(rows, usage);
    own.forEach((row) => counter?.count(usageOf(row)));
    const counted = counter?.counted();
    if (counted === undefined) return undefined;
    const waysOfCounting = { inNumbers: 0, inFractions: 0 };
    const result = bill(document, release, { counted, waysOfCounting });
    return resultOf(rows.groupId, result, own.length, { ahead: 1, whole: 0, ...waysOfCounting });
  } catch {
    return undefined;
  }
}

const resultOf = (
  groupId: string,
  { bills, nextState }: BillingResult,
  usageRecords: number,
  counting: Counting,
): GroupResult => ({
  groupId,
  // A month without a line is nothing to send anybody.
  bills: bills.filter(({ lines }) => lines.length > 0).map((made) => computed(made, groupId)),
  state: nextState,
  usageRecords,
  counting,
});

/** Spells out the identity of a bill: account, first day of the period, kind, revision. */
export function billIdOf({ account, period, kind }: Pick<Bill, 'account' | 'period' | 'kind'>, revision = 1): string {
  return `${account}-${period.start}-${kind}-${revision}`;
}

function computed(made: Bill, groupId: string): ComputedBill {
  const body = canonicalJson(made);
  return {
    id: billIdOf(made),
    groupId,
    bill: made,
    body,
    digest: digestOf(body),
    netMinor: textToMinor(made.net, made.currency),
    taxMinor: textToMinor(made.taxTotal, made.currency),
    totalMinor: textToMinor(made.total, made.currency),
  };
}

function reasonOf(error: unknown): Pick<Quarantined, 'code' | 'details'> {
  if (error instanceof BillingProblem) {
    const { code, path, values } = error.diagnostic;
    return { code, details: { path, ...values } };
  }
  return { code: 'unexpected', details: { message: error instanceof Error ? error.message : String(error) } };
}
