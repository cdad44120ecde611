/**
 * By which terms does an offering bind? Also called: minimum term, 契約期間、年縛り、工事費の分割期間.
 */
import type { OfferingRuleset } from '#schemas/generated/types.ts';

/** The ids of its terms: the main one first. */
export const termIdsOf = ({ body }: OfferingRuleset): readonly string[] => [
  ...(body.term === undefined ? [] : [body.term]),
  ...(body.furtherTerms ?? []),
];
