/**
 * What would this change do, in words and in amounts?
 * The differences to the version in use; and before and after, on the cases and on real customers' next bills.
 * Also called: impact analysis, diff, preview, 変更の影響, 比較, 試算.
 */
import { dayNamed } from '#engine/billing/taken-over.ts';
import type { CivilDate } from '#engine/calendar/civil-date.ts';
import type { Finding } from '#engine/diff/meaning/finding.ts';
import { readDifferences, type ReadDifference } from '#engine/diff/read-differences.ts';
import { formErrors } from '#engine/rulesets/check.ts';
import { prepareRelease } from '#engine/rulesets/release.ts';
import type { App } from '#runtime/app.ts';
import { casesInUse, casesOfVersion, type CasesOfVersion } from '#runtime/catalogue/cases.ts';
import { releaseBefore } from '#runtime/catalogue/write-release.ts';
import { chooseCustomers, type Choice } from '#runtime/changes/chosen-customers.ts';
import { checkDraft, nextVersion, type DraftCheck } from '#runtime/changes/check.ts';
import { isTouched, type AmountsCompared, type ToCompare } from '#runtime/changes/compare-amounts.ts';
import { compareInThread } from '#runtime/changes/comparing-thread.ts';
import type { Content } from '#runtime/changes/content.ts';
import { readDraft, type Draft, type Person } from '#runtime/changes/draft.ts';
import { nextBills, type NextBill, type Showing } from '#runtime/changes/next-bill.ts';
import { todayOf } from '#runtime/changes/start.ts';
import { touchedOfferings } from '#runtime/changes/touched-offerings.ts';
import { withScope, type ScopedTx } from '#runtime/db/scope.ts';
import { guarded } from '#runtime/guard/guarded.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import type { Case, Diagnostic, Localized, Ruleset } from '#schemas/generated/types.ts';

export type CaseCompared = AmountsCompared & {
  readonly id: string;
  readonly it: Localized;
  /** 'kind/id' of the ruleset whose case it is. */
  readonly ruleset: string;
};

export type CustomerCompared = {
  readonly groupId: string;
  readonly customer: string;
  readonly name: string;
  /** The month of the bill that is compared. */
  readonly month: string;
  /** Null where there is nothing to bill, or where `problem` stands in the way of it. */
  readonly amounts: AmountsCompared | null;
  readonly problem: Diagnostic | null;
};

export type DraftAmounts = {
  /** The draft's own cases, all of them. */
  readonly cases: readonly CaseCompared[];
  /** Cases of other rulesets that come out otherwise, among so many. */
  readonly elsewhere: { readonly compared: number; readonly changed: readonly CaseCompared[] };
  readonly customers: readonly CustomerCompared[];
  readonly chosen: Choice['chosen'];
};

export type DraftCompared = {
  /** The published version that the draft is held against; null where there is none. */
  readonly against: number | null;
  readonly currentVersion: number | null;
  /** Null while the text cannot be read. */
  readonly differences: readonly ReadDifference[] | null;
  /** What follows from them; null while the text is no sound ruleset, and where there is no version to hold it against. */
  readonly meaning: readonly Finding[] | null;
  readonly caseDifferences: readonly ReadDifference[];
  /** Null while the draft has errors: nothing is computed from it then. */
  readonly amounts: DraftAmounts | null;
  readonly diagnostics: readonly Diagnostic[];
};

export type ToCompareDraft = {
  readonly draftId: string;
  /** The version to tell the differences to; by default the one in use. */
  readonly against?: number;
  readonly customers?: number;
  readonly signal?: AbortSignal;
  readonly told?: (progress: ComparisonProgress) => void;
};

/** How many customers have been computed both ways, and of how many; cases come after them. */
export type ComparisonProgress = {
  readonly customers: { readonly done: number; readonly of: number };
  readonly cases: { readonly done: number; readonly of: number };
};

const USUAL_CUSTOMERS = 20;
const MOST_CUSTOMERS = 100;

export async function compareDraft(
  app: Pick<App, 'orm' | 'clock' | 'keys'>,
  by: Person,
  input: ToCompareDraft,
): Promise<DraftCompared> {
  // Everything is read first: while the amounts are computed no transaction waits for them.
  const read = await withScope(app, by, (tx) => readAll(tx, app, by, input));
  const { told, world } = read;
  if (world === undefined) return { ...told, amounts: null };
  const { own, others, bills, choice, published, document } = world;
  const customers = bills.flatMap(({ document: bill, month }, index) =>
    bill === undefined ? [] : [{ key: choice.groups[index]!.groupId, document: bill, month }],
  );
  const cases = [
    ...own.cases.map((one) => ({ key: one.id, ...toCompare(one.document) })),
    ...others.flatMap(({ version, cases: its }) =>
      its.map((one) => ({ key: keyOf(version, one.id), ...toCompare(one.document) })),
    ),
  ];
  const tell = (done: number): void =>
    input.told?.({
      customers: { done: Math.min(done, customers.length), of: customers.length },
      cases: { done: Math.max(0, done - customers.length), of: cases.length },
    });
  tell(0);
  const items: readonly ToCompare[] = [...customers, ...cases];
  const work = { before: published, after: [...published, document], items };
  const amounts = await compareInThread(work, { signal: input.signal, told: tell });
  return { ...told, amounts: amountsOf(world, amounts) };
}

type World = {
  readonly published: readonly Ruleset[];
  readonly document: Ruleset;
  readonly own: CasesOfVersion;
  readonly others: readonly CasesOfVersion[];
  readonly choice: Choice;
  readonly bills: readonly NextBill[];
};

async function readAll(
  tx: ScopedTx,
  app: Pick<App, 'clock' | 'keys'>,
  by: Person,
  input: ToCompareDraft,
): Promise<{ readonly told: Omit<DraftCompared, 'amounts'>; readonly world: World | undefined }> {
  const draft = await readDraft(tx, input.draftId);
  const before = await releaseBefore(tx, app, by.tenantId);
  // A draft that is published is held against what was published before it.
  const published = before.rulesets.filter((ruleset) => draft.state !== 'published' || !isFrom(ruleset, draft));
  const check = await checkDraft(tx, draft, { ...before, rulesets: published });
  const told = await toldOf(tx, draft, check, published, input.against);
  const isSound = check.diagnostics.every(({ severity }) => severity !== 'error');
  if (!isSound) return { told, world: undefined };
  const document = check.content.document as Ruleset;
  const rest = published.filter((ruleset) => !isFrom(ruleset, draft));
  const today = await todayOf(tx, app, by);
  const choice = await chooseCustomers(tx, by.tenantId, {
    offerings: touchedOfferings(document, [...rest, document]),
    window: document.kind === 'campaign' ? document.body.window : undefined,
    from: today,
    count: Math.min(input.customers ?? USUAL_CUSTOMERS, MOST_CUSTOMERS),
  });
  const release = prepareRelease([...rest, document]);
  const bills = await nextBills(tx, by.tenantId, choice.groups, release, today, showingOf(document));
  const version = { kind: draft.kind, id: draft.rulesetId, version: nextVersion(draft) };
  const cases = check.content.cases.flatMap(({ id, document: one }) =>
    one === undefined ? [] : [{ id, document: one }],
  );
  const others = (await casesInUse(tx)).filter((of) => !isSameRuleset(of.version, version));
  return { told, world: { published: rest, document, own: { version, cases }, others, choice, bills } };
}

async function toldOf(
  tx: ScopedTx,
  draft: Draft,
  { content, diagnostics }: DraftCheck,
  published: readonly Ruleset[],
  against: number | undefined,
): Promise<Omit<DraftCompared, 'amounts'>> {
  const { kind, rulesetId } = draft;
  const versions = published.filter((ruleset) => ruleset.kind === kind && ruleset.id === rulesetId);
  const current = versions.at(-1);
  const held = against === undefined ? current : versions.find(({ version }) => version === against);
  if (against !== undefined && held === undefined) throw new Refusal('ruleset-unknown', { kind, id: rulesetId }, 404);
  const earlier = held === undefined ? [] : await casesOfVersion(tx, { kind, id: rulesetId, version: held.version });
  const named = (cases: readonly { readonly id: string; readonly document?: Case }[]): unknown[] =>
    cases.flatMap(({ id, document }) => (document === undefined ? [] : [{ id, ...document }]));
  return {
    against: held?.version ?? null,
    currentVersion: current?.version ?? null,
    differences: content.fault === undefined ? readDifferences('Ruleset', held ?? {}, content.document) : null,
    meaning: held === undefined ? null : await meaningFrom(held, content, published),
    caseDifferences: readDifferences('Cases', named(earlier), named(content.cases)),
    diagnostics,
  };
}

/** Null where the draft has not the form of a ruleset, and where to say what it means would take too much: its places are told all the same. */
async function meaningFrom(
  held: Ruleset,
  { document, fault }: Content,
  published: readonly Ruleset[],
): Promise<readonly Finding[] | null> {
  if (fault !== undefined || formErrors('Ruleset', document).length > 0) return null;
  const after = document as Ruleset;
  return guarded({ is: 'meaning', before: held, after, known: [...published, after] }).catch((problem: unknown) => {
    if (problem instanceof Refusal && problem.code === 'too-much-work') return null;
    throw problem;
  });
}

function amountsOf(world: World, amounts: ReadonlyMap<string, AmountsCompared>): DraftAmounts {
  const { own, others, choice, bills } = world;
  const compared = (of: CasesOfVersion, keyed: (id: string) => string): CaseCompared[] =>
    of.cases.map(({ id, document: { it } }) => ({
      ...{ id, it, ruleset: `${of.version.kind}/${of.version.id}` },
      ...amounts.get(keyed(id))!,
    }));
  const elsewhere = others.flatMap((of) => compared(of, (id) => keyOf(of.version, id)));
  return {
    cases: compared(own, (id) => id),
    elsewhere: { compared: elsewhere.length, changed: elsewhere.filter(isTouched) },
    chosen: choice.chosen,
    customers: choice.groups.map(({ groupId, customer, name }, index) => {
      const { month, problem } = bills[index]!;
      return { groupId, customer, name, month, amounts: amounts.get(groupId) ?? null, problem: problem ?? null };
    }),
  };
}

const toCompare = ({ given, release }: Case): Omit<ToCompare, 'key'> => ({
  ...{ document: given, month: null },
  ...(release === undefined ? {} : { release }),
});

/** A case's id is unique within its ruleset. */
const keyOf = ({ kind, id }: CasesOfVersion['version'], caseId: string): string => `${kind}/${id}/${caseId}`;

const isSameRuleset = (a: Pick<Ruleset, 'kind' | 'id'>, b: Pick<Ruleset, 'kind' | 'id'>): boolean =>
  a.kind === b.kind && a.id === b.id;

/** Whether the ruleset is the draft's own version, or a later one. */
const isFrom = ({ kind, id, version }: Ruleset, draft: Draft): boolean =>
  isSameRuleset({ kind, id }, { kind: draft.kind, id: draft.rulesetId }) && version >= nextVersion(draft);

function showingOf(ruleset: Ruleset): Showing {
  const from: CivilDate = dayNamed(ruleset) ?? ruleset.effective.from;
  const isOneByOne = ruleset.kind === 'ratePlan' && ruleset.existing?.mode === 'onRenewal';
  return { from, withNextPeriod: ruleset.existing?.mode === 'nextCycle', ...(isOneByOne && { oneByOne: ruleset }) };
}
