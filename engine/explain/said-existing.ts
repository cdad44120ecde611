/**
 * How is it said what becomes of customers who have it already? 「指定日から新しい版」「次の請求期間から新しい版」
 * Also called: existing customers in words, 既存契約の扱いの読み方.
 */
import type { ExistingCustomers } from '#schemas/generated/types.ts';
import { saidCondition } from './said-condition.ts';
import { said, saidChoice, saidDay, type Naming } from './said.ts';
import type { Said } from '#schemas/messages/render.ts';

/** The mode, for a cohort with its day and its condition. */
export const saidMode = (existing: ExistingCustomers, naming: Naming): Said =>
  existing.mode === 'migrate'
    ? said('said.cohort', { day: saidDay(existing.date), cohort: saidCondition(existing.cohort, naming) })
    : saidChoice('mode', existing.mode);

/** The mode with the day that it names. */
export function saidExisting(existing: ExistingCustomers, naming: Naming): Said {
  return existing.mode === 'fromDate' && existing.date !== undefined
    ? said('said.fromDay', { day: saidDay(existing.date) })
    : saidMode(existing, naming);
}
