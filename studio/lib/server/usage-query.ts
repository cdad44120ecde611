/**
 * Which usage files, and which refused lines, does the address ask for?
 * Also called: usage filter, 利用ファイルの絞り込み, エラー明細の絞り込み.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { RejectsAsked } from '#runtime/services/list-rejects.ts';
import type { UsageFileOrder, UsageFilesAsked } from '#runtime/services/list-usage-files.ts';
import type { Locale } from '#schemas/messages/words.ts';
import { choiceOf, dayOf, orderOf, pageOf, textOf } from '#lib/lists/address.ts';

const orders: readonly UsageFileOrder[] = ['name', 'format', 'received', 'rejected', 'importedAt', 'importedBy'];

export function usageFileQuery(
  url: URL,
  locale: Locale,
): UsageFilesAsked & { sort: UsageFileOrder; descending: boolean } {
  const { by, descending } = orderOf(url, orders, { by: 'importedAt', descending: true });
  const search = textOf(url, 'q');
  return { page: pageOf(url), sort: by, descending, locale, ...(search === undefined ? {} : { search }) };
}

/** Those still open, unless another state or all are asked for. `?to=` is the last day wanted, as people say it. */
export function rejectQuery(url: URL): RejectsAsked {
  const fileId = textOf(url, 'file');
  const [from, last] = [dayOf(url, 'from'), dayOf(url, 'to')];
  const state = choiceOf(url, 'state', ['open', 'corrected', 'void', 'all']) ?? 'open';
  return {
    page: pageOf(url),
    ...(fileId === undefined ? {} : { fileId }),
    ...(state === 'all' ? {} : { state }),
    days: { ...(from && { start: from }), ...(last && { end: addDays(last, 1) }) },
  };
}
