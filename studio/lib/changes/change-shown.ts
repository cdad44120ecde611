/**
 * What does the review page get to know of a change?
 * Also called: view model, 変更の表示内容.
 */
import type { Localized, RulesetKind } from '#schemas/generated/types.ts';
import type { DraftState } from './states.ts';

interface Someone {
  readonly name: string;
}

export interface ChangeShown {
  readonly draftId: string;
  readonly kind: RulesetKind;
  readonly id: string;
  readonly state: DraftState;
  readonly revision: number;
  readonly hash: string | null;
  readonly version: number;
  readonly baseVersion: number | null;
  readonly currentVersion: number | null;
  readonly isOutdated: boolean;
  readonly reason: string;
  readonly effectiveFrom: string | null;
  /** Whether those who have joined already stay with the version they joined on. */
  readonly keepsVersions: boolean;
  readonly startedBy: Someone;
  readonly startedAt: string;
  readonly savedBy: Someone;
  readonly savedAt: string;
  readonly approved: { readonly by: Someone; readonly hash: string } | null;
  readonly scheduled: { readonly by: Someone; readonly on: string } | null;
  readonly published: { readonly by: Someone; readonly version: number; readonly release: number } | null;
  /** Whether a publication that was due did not come about. */
  readonly hasFailed: boolean;
  readonly steps: readonly Step[];
  readonly may: {
    readonly edit: boolean;
    readonly submit: boolean;
    readonly approve: boolean;
    readonly sendBack: boolean;
    readonly publish: boolean;
    readonly withdraw: boolean;
  };
  /** Whether the person who looks had a hand in it. */
  readonly isOwn: boolean;
  /** Whether the person who looks is one who judges changes. */
  readonly reviews: boolean;
}

export interface Step {
  readonly at: string;
  readonly by: Someone;
  readonly action: string;
  readonly comment: string | null;
}

/** Something that somebody has to see to, with what to do about it. */
export interface Finding {
  readonly text: string;
  readonly remedy?: string;
}

export interface Checks {
  readonly hints: readonly (Finding & { readonly place: string | undefined; readonly severity: string })[];
  readonly failing: readonly (Finding & { readonly id: string })[];
  readonly passing: number;
  readonly obstacles: readonly Finding[];
}

export interface ComparedLine {
  readonly name: Localized;
  readonly product: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string;
  /** The row that priced it, where it is published. */
  readonly href: string | null;
}

/** The bill of a case or a customer, before and after. */
export interface ComparedBill {
  readonly key: string;
  readonly title: Localized;
  readonly note: string | null;
  readonly month: string | null;
  readonly currency: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly difference: string | null;
  readonly lines: readonly ComparedLine[];
  /** Why it cannot be billed. */
  readonly problem: string | null;
}

/** The cases that come out otherwise, and what all of them come to, a sum a currency. */
export interface MovedCasesShown {
  readonly compared: number;
  /** With those that can no longer be billed. */
  readonly moved: readonly ComparedBill[];
  /** How many only the later version can bill. */
  readonly onlyAfter: number;
  readonly sums: readonly {
    readonly currency: string;
    readonly before: string;
    readonly after: string;
    readonly difference: string;
  }[];
}

/** How many pay more, less, and the same afterwards. */
export interface Tally {
  readonly dearer: number;
  readonly cheaper: number;
  readonly same: number;
}
