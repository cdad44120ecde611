/**
 * What does the page of a draft get to know of it?
 * Also called: view model, 下書きの表示内容.
 */
import type { Case, RulesetKind } from '#schemas/generated/types.ts';

/** As the service shows it, in the fields that the page draws. */
export interface DraftShown {
  readonly draftId: string;
  readonly kind: RulesetKind;
  readonly id: string;
  readonly state: 'draft' | 'inReview' | 'sentBack' | 'approved' | 'scheduled' | 'published' | 'withdrawn';
  readonly revision: number;
  readonly text: string;
  readonly cases: readonly { readonly id: string; readonly document: Case | null }[];
  readonly baseVersion: number | null;
  readonly currentVersion: number | null;
  readonly isOutdated: boolean;
  readonly savedAt: string;
  readonly savedBy: { readonly name: string };
  readonly may: {
    readonly edit: boolean;
    readonly takesBack: boolean;
    readonly submit: boolean;
    readonly withdraw: boolean;
  };
}

/** What a form of the page was answered, when it was not done. */
export type Refused =
  | {
      readonly refusal?: { readonly code: string; readonly text: string } | undefined;
      readonly obstacles?: readonly string[] | undefined;
    }
  | null
  | undefined;
