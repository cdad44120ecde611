/**
 * On which day from receipt of the contract document was a product left?
 * Also called: withdrawal period, cooling-off days, 初期契約解除の期間、契約書面の受領日を 1 日目とする日数.
 */
import { addDays, daysBetween, type CivilDate } from '#engine/calendar/civil-date.ts';
import type { Product } from '#schemas/generated/types.ts';

/**
 * The last day of service counted from receipt, which is day 1; null while the product goes on or receipt is not on record.
 * Received on 1 April and used until the 8th: '8'. Whoever leaves before the document has come leaves on day 1.
 */
export function documentDay({ documentReceivedOn, endsOn }: Product): string | null {
  if (documentReceivedOn === undefined || endsOn === null) return null;
  return String(Math.max(1, daysBetween(documentReceivedOn, endsOn)));
}

/** The last of so many days: of eight from 24 February 2028 it is 2 March, for the year has a 29th. */
export const lastDayFrom = (receivedOn: CivilDate, days: number): CivilDate => addDays(receivedOn, days - 1);
