/**
 * Which drafts come of a folder of rulesets? One for each ruleset that says something else than what is published, in the order of the
 * folder; from there each goes the way of every change. Also called: import as drafts, フォルダーの取り込み、下書きとして取り込む.
 */
import { canonicalJson } from '#engine/rulesets/canonical.ts';
import type { App } from '#runtime/app.ts';
import { casesOfVersion, keptCases, type KeptCase, type SubmittedCases } from '#runtime/catalogue/cases.ts';
import type { Person } from '#runtime/changes/draft.ts';
import { insertDraft } from '#runtime/changes/edit.ts';
import { onTheirWay } from '#runtime/changes/moves.ts';
import { writtenDocument } from '#runtime/changes/written-document.ts';
import type { ScopedTx } from '#runtime/db/scope.ts';
import type { Case, Ruleset } from '#schemas/generated/types.ts';

export type Imported = {
  /** The drafts that were begun, each with the version that it will be. */
  readonly started: readonly { readonly draftId: string; readonly ruleset: string; readonly version: number }[];
  /** How many rulesets say what is published. */
  readonly same: number;
  /** Left alone, as a draft of the ruleset is on its way already. */
  readonly underWay: readonly { readonly draftId: string; readonly ruleset: string }[];
  /** Versions after the one that was begun: their turn comes when that one is published. */
  readonly later: readonly string[];
};

/** `rulesets` are of sound form. Cases that lie beside a ruleset go with its draft; without any, it keeps those of the version in use. */
export async function importAsDrafts(
  tx: ScopedTx,
  app: Pick<App, 'clock'>,
  by: Person,
  rulesets: readonly Ruleset[],
  cases: readonly SubmittedCases[],
): Promise<Imported> {
  const started: Imported['started'][number][] = [];
  const underWay: Imported['underWay'][number][] = [];
  const later: string[] = [];
  let same = 0;
  for (const [ruleset, versions] of Map.groupBy(rulesets, ({ kind, id }) => `${kind}/${id}`)) {
    const published = await publishedTexts(tx, versions[0]!);
    const current = published.at(-1)?.version ?? 0;
    const [next, ...others] = changesIn(versions, published, current);
    if (next === undefined) {
      same += 1;
      continue;
    }
    later.push(...others.map(({ version }) => `${ruleset}/v${String(version)}`));
    const open = await draftOnItsWay(tx, next);
    if (open !== undefined) {
      underWay.push({ draftId: open, ruleset });
      continue;
    }
    const { kind, id } = next;
    const baseVersion = current === 0 ? null : current;
    const version = current + 1;
    const draft = {
      ...{ kind, rulesetId: id, baseVersion },
      text: writtenDocument('Ruleset', { ...next, version }),
      cases: await casesFor(tx, next, baseVersion, cases),
    };
    started.push({ draftId: await insertDraft(tx, app, by, draft, { imported: true }), ruleset, version });
  }
  return { started, same, underWay, later };
}

type Published = { readonly version: number; readonly document: string };

/** Every version, the first one first. */
function publishedTexts(tx: ScopedTx, { kind, id }: Ruleset): Promise<Published[]> {
  return tx.sql<Published>(
    'select version, document from ruleset_version where kind = $1 and id = $2 order by version',
    [kind, id],
  );
}

/** Versions that come after the one in use; or the folder's last, where it says something else than the version of its number. */
function changesIn(versions: readonly Ruleset[], published: readonly Published[], current: number): readonly Ruleset[] {
  const inOrder = versions.toSorted((a, b) => a.version - b.version);
  const fresh = inOrder.filter(({ version }) => version > current);
  if (fresh.length > 0) return fresh;
  const last = inOrder.at(-1)!;
  if (last.version < current) return [];
  const inUse: unknown = JSON.parse(published.at(-1)!.document);
  return canonicalJson(inUse) === canonicalJson(last) ? [] : [last];
}

async function draftOnItsWay(tx: ScopedTx, { kind, id }: Ruleset): Promise<string | undefined> {
  const [open] = await tx.sql<{ id: string }>(
    'select id from ruleset_draft where kind = $1 and ruleset_id = $2 and state = any($3) order by started_at limit 1',
    [kind, id, onTheirWay],
  );
  return open?.id;
}

async function casesFor(
  tx: ScopedTx,
  { kind, id }: Ruleset,
  baseVersion: number | null,
  submitted: readonly SubmittedCases[],
): Promise<readonly KeptCase[]> {
  const inUse = baseVersion === null ? [] : await casesOfVersion(tx, { kind, id, version: baseVersion });
  const beside = submitted.find((each) => each.kind === kind && each.id === id);
  return beside === undefined ? inUse : keptCases(beside.document as readonly Case[], inUse);
}
