/**
 * What does one want to know first: how the business goes, which cycle waits for whom, what is stuck, what was published?
 * Also called: home page, KPI, ダッシュボード, ホーム.
 */
import type { Actor } from '#runtime/access/actor.ts';
import { authorize, mayDo } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { openableCycles, type OpenableCycle } from '#runtime/cycles/queries.ts';
import { withScope } from '#runtime/db/scope.ts';
import { waitingCycles, inboxOf, type Inbox, type WaitingCycle } from '#runtime/figures/at-hand.ts';
import { monthlyFigures, type CurrencyFigures } from '#runtime/figures/monthly-figures.ts';
import {
  comingVersions,
  recentPublications,
  type ComingVersion,
  type Publication,
} from '#runtime/figures/publications.ts';

export type Dashboard = {
  readonly today: string;
  /** A series for each currency, over the last twelve months of which a cycle is closed. */
  readonly figures: readonly CurrencyFigures[];
  /** What is under way and what may be opened next; null for whoever may not see cycles. */
  readonly cycles: {
    readonly waiting: readonly WaitingCycle[];
    readonly openable: readonly (OpenableCycle & { readonly may: boolean })[];
  } | null;
  /** Null for whoever may not see usage. */
  readonly inbox: Inbox | null;
  /** The latest first. */
  readonly publications: readonly Publication[];
  /** Published versions that are not in force yet, the next first. */
  readonly coming: readonly ComingVersion[];
};

const MONTHS = 12;

export async function dashboard(app: App, actor: Actor): Promise<Dashboard> {
  authorize(actor, 'figures.read');
  return withScope(app, actor, async (tx) => {
    const today = await todayOf(app, tx);
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const may = mayDo(actor, 'cycle.open');
    const cycles = async (): Promise<Dashboard['cycles']> => ({
      waiting: await waitingCycles(tx, actor),
      openable: (await openableCycles(tx, release, app.clock)).map((cycle) => ({ ...cycle, may })),
    });
    return {
      today,
      figures: await monthlyFigures(tx, actor.tenantId, release, MONTHS),
      cycles: mayDo(actor, 'cycle.read') ? await cycles() : null,
      inbox: mayDo(actor, 'usage.read') ? await inboxOf(tx) : null,
      publications: await recentPublications(tx, release),
      coming: comingVersions(release, today),
    };
  });
}
