/**
 * How does a cycle read in a terminal? Also called: サイクルの表示.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import type { CycleFacts } from '#runtime/cycles/queries.ts';
import type { CycleStatus } from '#runtime/services/cycle-status.ts';
import { moneyText } from '#schemas/messages/figures.ts';
import type { Words } from '#schemas/messages/render.ts';
import { table } from './table.ts';

export function cyclesTable(rows: readonly CycleFacts[], say: Words): string {
  return table<CycleFacts>(
    [
      { heading: say.render('cli.cycle.id'), of: (row) => row.id },
      { heading: say.render('cli.cycle.entity'), of: (row) => row.legalEntityName[say.locale] },
      { heading: say.render('cli.cycle.month'), of: (row) => `${row.month} ${row.billingCycle}` },
      { heading: say.render('cli.cycle.state'), of: (row) => say.render(`cli.cycle-state.${row.state}`) },
      { heading: say.render('cli.cycle.bills'), of: (row) => String(row.bills ?? ''), figures: true },
      {
        heading: say.render('cli.cycle.total'),
        of: (row) => (row.total === null ? '' : moneyText(say.locale, row.total, row.currency)),
        figures: true,
      },
    ],
    rows,
  );
}

export function cycleText(status: CycleStatus, say: Words): string {
  const { progress, quarantine } = status;
  const period = say.render('cli.cycle.period', {
    start: status.periodStart,
    last: addDays(status.periodEnd, -1),
    release: status.release,
  });
  const groups = say.render('cli.cycle.progress', {
    ...progress.groups,
    bills: progress.bills,
    pace: progress.billsPerSecond ?? 0,
  });
  const { ahead, whole } = progress.counting;
  const counted = ahead + whole === 0 ? [] : [say.render('cli.cycle.counting', progress.counting)];
  const digest = status.digest === null ? [] : [say.render('cli.cycle.digest', { digest: status.digest })];
  const stalled = progress.isStalled ? [say.render('cli.cycle.stalled', { cycle: status.id })] : [];
  const aside = quarantine.map(({ groupId, customer, code, details }) => {
    const known = say.has(`diagnostic.${code}`) ? `diagnostic.${code}` : `quarantine.${code}`;
    return `  ${groupId} ${customer ?? ''} [${code}] ${say.render(known, details as Record<string, string>)}`;
  });
  const quarantined =
    aside.length > 0 ? [say.render('cli.cycle.quarantined', { count: progress.quarantined }), ...aside] : [];
  return [cyclesTable([status], say), period, groups, ...counted, ...digest, ...stalled, ...quarantined].join('\n');
}
