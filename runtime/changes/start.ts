/**
 * What does a new draft say before anybody has typed?
 * The version in use, or an older one, with the next number and a day on which it can begin; or an empty envelope.
 * Also called: new version, clone, roll back, 新しい版, 複製, 切り戻し.
 */
import { addMonths, firstOfMonth, type CivilDate } from '#engine/calendar/civil-date.ts';
import { hasForm } from '#engine/rulesets/form.ts';
import type { App } from '#runtime/app.ts';
import { casesOfVersion, type KeptCase } from '#runtime/catalogue/cases.ts';
import { billedDays } from '#runtime/changes/billed-days.ts';
import type { Person } from '#runtime/changes/draft.ts';
import { insertDraft } from '#runtime/changes/edit.ts';
import { writtenDocument } from '#runtime/changes/written-document.ts';
import { RulesetVersion } from '#runtime/db/entities/catalogue.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Ruleset, RulesetKind } from '#schemas/generated/types.ts';

type Named = { readonly kind: RulesetKind; readonly id: string };
type Clocked = Pick<App, 'clock'>;

export type ToStart = Named & {
  /** The first day of the change; by default the first of the next month that is not billed yet. */
  readonly from?: CivilDate;
};

export type ToStartNew = Named & {
  readonly from?: CivilDate;
  /** The id of a published ruleset of the kind, to begin with what it says. */
  readonly like?: string;
};

export type ToRollBack = Named & {
  /** The version whose content is to hold again. */
  readonly version: number;
  readonly reason: string;
  /** The first day of it; by default today, or the first day that is not billed yet. */
  readonly from?: CivilDate;
};

/** A draft of the next version. Refused with `ruleset-unknown` when nothing of that name is published. */
export async function startNextVersion(tx: ScopedTx, app: Clocked, by: Person, input: ToStart): Promise<string> {
  const current = await publishedVersion(tx, input);
  const from = input.from ?? (await usualStart(tx, app, by, input));
  const document = { ...current, version: current.version + 1, effective: beginning(current, from), reason: '' };
  return insertDraft(tx, app, by, draftOf(input, current.version, document, await casesOf(tx, current)), {});
}

/** A draft of a ruleset that is not published yet. Refused with `ruleset-exists` and `not-a-name`. */
export async function startNewRuleset(tx: ScopedTx, app: Clocked, by: Person, input: ToStartNew): Promise<string> {
  const { kind, id, like } = input;
  if (!hasForm('RulesetKind', kind)) throw new Refusal('not-a-name', { value: kind }, 422);
  if (!hasForm('Identifier', id)) throw new Refusal('not-a-name', { value: id }, 422);
  if ((await latestVersion(tx, input)) !== null) throw new Refusal('ruleset-exists', { kind, id });
  const effective = { from: input.from ?? (await usualStart(tx, app, by, input)), to: null };
  const model = like === undefined ? undefined : await publishedVersion(tx, { kind, id: like });
  const name = model?.name ?? { ja: '', en: '' };
  const document = { kind, id, version: 1, name, effective, reason: '', body: model?.body ?? {} };
  return insertDraft(tx, app, by, draftOf(input, null, document, []), like === undefined ? {} : { like });
}

/** A draft whose content is that of an older version, with a reason. Refused with `ruleset-unknown` and `reason-missing`. */
export async function startRollBack(tx: ScopedTx, app: Clocked, by: Person, input: ToRollBack): Promise<string> {
  const reason = input.reason.trim();
  if (reason === '') throw new Refusal('reason-missing', {}, 422);
  const older = await publishedVersion(tx, input, input.version);
  const current = await publishedVersion(tx, input);
  const today = await todayOf(tx, app, by);
  const from = input.from ?? (await firstFreeDay(tx, input, today));
  const { existing: _before, ...content } = older;
  const existing = await existingAfter(tx, older, current, from);
  const document = { ...content, version: current.version + 1, effective: beginning(older, from), reason, ...existing };
  const cases = await casesOf(tx, older);
  return insertDraft(tx, app, by, draftOf(input, current.version, document, cases), { rollBackTo: older.version });
}

/**
 * Whom a later version has taken over comes back with the older content; where none has, what the older version said of
 * existing customers holds again.
 */
async function existingAfter(
  tx: ScopedTx,
  older: Ruleset,
  current: Ruleset,
  from: CivilDate,
): Promise<Pick<Ruleset, 'existing'>> {
  for (let version = older.version + 1; version <= current.version; version += 1) {
    const { existing } = await publishedVersion(tx, older, version);
    if (existing !== undefined && existing.mode !== 'grandfather')
      return { existing: { mode: 'fromDate', date: from } };
  }
  return older.existing === undefined ? {} : { existing: older.existing };
}

/** The number of the version in use, or null when nothing of the name is published. */
export async function latestVersion(tx: ScopedTx, { kind, id }: Named): Promise<number | null> {
  const [row] = await tx.sql<{ version: number | null }>(
    'select max(version) as version from ruleset_version where kind = $1 and id = $2',
    [kind, id],
  );
  return row?.version ?? null;
}

/** The version asked for, or the one in use. Refused with `ruleset-unknown`. */
export async function publishedVersion(tx: ScopedTx, { kind, id }: Named, version?: number): Promise<Ruleset> {
  const [found] = await tx.em.find(
    RulesetVersion,
    { kind, id, ...(version === undefined ? {} : { version }) },
    { orderBy: { version: 'desc' }, limit: 1 },
  );
  if (found === undefined) throw new Refusal('ruleset-unknown', { kind, id }, 404);
  return JSON.parse(found.document) as Ruleset;
}

function casesOf(tx: ScopedTx, { kind, id, version }: Ruleset): Promise<KeptCase[]> {
  return casesOfVersion(tx, { kind, id, version });
}

/** An end that was set stays, unless it has passed by then. */
function beginning({ effective: { to } }: Ruleset, from: CivilDate): Ruleset['effective'] {
  return { from, to: to !== null && to > from ? to : null };
}

/** The first of the month after today, or the first day that is not billed yet where that is later. */
async function usualStart(tx: ScopedTx, app: Clocked, by: Person, named: Named): Promise<CivilDate> {
  const nextMonth = addMonths(firstOfMonth(await todayOf(tx, app, by)), 1);
  return firstFreeDay(tx, named, nextMonth);
}

/** The day wished for, or the first day after it that is neither billed nor being billed. */
async function firstFreeDay(tx: ScopedTx, { kind, id }: Named, wished: CivilDate): Promise<CivilDate> {
  const { unbilledFrom = wished, underWay } = await billedDays(tx, { kind, rulesetId: id });
  return [wished, unbilledFrom, ...underWay.map(({ end }) => end)].reduce((a, b) => (a > b ? a : b));
}

/** The civil day where the operator is. */
export async function todayOf(tx: ScopedTx, app: Clocked, { tenantId }: Person): Promise<CivilDate> {
  const [tenant] = await tx.sql<{ zone: string }>('select zone from tenant where id = $1', [tenantId]);
  if (tenant === undefined) throw new Error('a scope is of a tenant that is there');
  return app.clock.today(tenant.zone);
}

function draftOf({ kind, id }: Named, baseVersion: number | null, document: object, cases: readonly KeptCase[]) {
  return { kind, rulesetId: id, baseVersion, text: writtenDocument('Ruleset', document), cases };
}
