/** What waits for somebody, and what happened lately: as much of it as the person may see. */
import { auditLog } from '#runtime/services/audit-log.ts';
import { dashboard } from '#runtime/services/dashboard.ts';
import { listBills } from '#runtime/services/list-bills.ts';
import { listCycles } from '#runtime/services/list-cycles.ts';
import { listReleases } from '#runtime/services/list-releases.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import { auditSentence } from '#lib/server/audit-sentences.ts';
import { entered } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const { locale } = event.locals;
  const [board, cycles, bills, releases, log] = await Promise.all([
    mayDo(actor, 'figures.read') ? dashboard(app, actor) : null,
    mayDo(actor, 'cycle.read') ? listCycles(app, actor, { pageSize: 6 }) : null,
    mayDo(actor, 'bill.read') ? listBills(app, actor, { pageSize: 6 }) : null,
    mayDo(actor, 'ruleset.read') ? listReleases(app, actor, { pageSize: 4 }) : null,
    mayDo(actor, 'audit.read') ? auditLog(app, actor, { pageSize: 6 }) : null,
  ]);
  return {
    cycles: cycles && {
      rows: cycles.rows,
      openable: mayDo(actor, 'cycle.open') ? cycles.openable : [],
    },
    figures: board?.figures ?? [],
    inbox: board?.inbox ?? null,
    coming: board?.coming.slice(0, 6) ?? [],
    bills: bills && { rows: bills.rows, total: bills.total },
    releases: releases && releases.rows,
    log: log && log.rows.map((entry) => auditSentence(entry, locale)),
  };
};
