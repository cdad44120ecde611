/**
 * Which entries of the audit log does the address ask for?
 * Also called: audit filter, 監査ログの絞り込み.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { AuditLog } from '#runtime/services/audit-log.ts';
import { choiceOf, dayOf, pageOf, textOf } from '#lib/lists/address.ts';
import { auditActions } from '#lib/server/audit-sentences.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `?to=` is the last day wanted, as people say it. */
export function auditQuery(url: URL): AuditLog {
  const action = choiceOf(url, 'action', auditActions);
  const object = textOf(url, 'q');
  const personId = textOf(url, 'person');
  const from = dayOf(url, 'from');
  const last = dayOf(url, 'to');
  return {
    page: pageOf(url),
    ...(action === undefined ? {} : { action }),
    ...(object === undefined ? {} : { object }),
    ...(personId !== undefined && uuid.test(personId) ? { personId } : {}),
    ...(from === undefined ? {} : { from }),
    ...(last === undefined ? {} : { to: addDays(last, 1) }),
  };
}
