/**
 * What does the engine say of the draft: is it sound, what does a customer pay before and after, do its cases hold?
 * The very functions that check and bill, over the rulesets of the release. Also called: live check, preview, ライブ検証, 試算.
 */
import { BillingProblem } from '#engine/billing/problem.ts';
import { bill } from '#engine/billing/bill.ts';
import { billAloud } from '#engine/explain/aloud/bill-aloud.ts';
import { untried, type Billed } from '#engine/cases/untried-rows.ts';
import { billedCases, runCases, type CaseResult } from '#engine/cases/run-cases.ts';
import { checkRulesets, formErrors } from '#engine/rulesets/check.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import type { AccountDocument, Bill, Case, Diagnostic, Ruleset, RulesetKind } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { readingOf } from '#lib/document/reading.ts';

export interface Setting {
  /** All that is published. */
  readonly rulesets: readonly Ruleset[];
  /** The cases of other rulesets in use: one of them may bill by this one. */
  readonly casesElsewhere?: readonly Case[];
  /** What the draft is, and the version that it will be. */
  readonly kind: RulesetKind;
  readonly id: string;
  readonly version: number;
}

/** Bills, or why there are none: a diagnostic of the engine, or `null` for a ruleset that it cannot work with. */
export type Priced =
  | {
      readonly bills: readonly Bill[];
      /** Line by line of each bill, as it is read to a customer. */
      readonly aloud: readonly (readonly Said[])[];
    }
  | { readonly problem: Diagnostic | null };

export interface Prices {
  readonly before: Priced;
  readonly after: Priced;
}

export type CaseRun = { readonly id: string } & ({ readonly result: CaseResult } | { readonly failed: true });

/** A draft as far as it could be read. */
export interface Read {
  readonly document: unknown;
  /** What departs from the form. */
  readonly faults: readonly Diagnostic[];
  /** Whether bills can be made of it all the same: no amount depends on a reason that is still to be written, or on a name. */
  readonly isUsable: boolean;
}

/** The draft of a text, as far as it says one. */
export function draftIn(text: string): Read {
  const { document, fault } = readingOf(text);
  if (fault !== undefined) return { document: undefined, faults: [fault], isUsable: false };
  const faults = formErrors('Ruleset', document);
  return { document, faults, isUsable: faults.every(({ path }) => /^\/(reason|name)(\/|$)/.test(path)) };
}

export class EngineRoom {
  readonly #setting: Setting;
  readonly #published: Release;
  readonly #others: readonly Ruleset[];
  #billedElsewhere: readonly Billed[] | undefined;
  #before: { readonly of: string; readonly priced: Priced } | undefined;

  constructor(setting: Setting) {
    const { rulesets, kind, id, version } = setting;
    this.#setting = setting;
    this.#published = prepareRelease(rulesets);
    this.#others = rulesets.filter((each) => each.kind !== kind || each.id !== id || each.version !== version);
  }

  /** With what is published, and with the draft in its place. */
  prices({ document, isUsable }: Read, account: AccountDocument): Prices {
    const of = JSON.stringify(account);
    if (this.#before?.of !== of) this.#before = { of, priced: priced(account, this.#published) };
    const before = this.#before.priced;
    if (!isUsable) return { before, after: { problem: null } };
    return { before, after: priced(account, this.#with(document)) };
  }

  cases({ document, isUsable }: Read, cases: readonly { readonly id: string; readonly document: Case }[]): CaseRun[] {
    if (!isUsable) return cases.map(({ id }) => ({ id, failed: true }));
    const release = this.#with(document);
    return cases.map(({ id, document: one }) => {
      try {
        const [result] = runCases([one], release);
        return result === undefined ? { id, failed: true } : { id, result };
      } catch {
        return { id, failed: true };
      }
    });
  }

  /** Of the draft, the errors that it would bring about in others, the rows of it that none of the cases tries, and whether any case bills by it. */
  checks({ document, faults }: Read, cases: readonly { readonly document: Case }[] = []): readonly Diagnostic[] {
    if (document === undefined) return faults;
    const source = 'draft';
    const found = checkRulesets([{ document, source }, ...this.#others.map((each) => ({ document: each }))]);
    const identity = identityErrors(document, this.#setting);
    const told = [...identity, ...found.filter((each) => each.source === source || each.severity === 'error')];
    return told.some(({ severity }) => severity === 'error') ? told : [...told, ...this.#untried(document, cases)];
  }

  #untried(document: unknown, cases: readonly { readonly document: Case }[]): readonly Diagnostic[] {
    const draft = document as Ruleset;
    const versions = [...this.#others, draft];
    const own = cases.map((each) => each.document);
    const found = untried(draft, versions, asBilled(own, this.#with(draft)), () => this.#elsewhere());
    return found.map((each) => ({ ...each, source: 'draft' }));
  }

  /** Billed once, by what is published: a ruleset that is new is in no case but its own. */
  #elsewhere(): readonly Billed[] {
    return (this.#billedElsewhere ??= asBilled(this.#setting.casesElsewhere ?? [], this.#published));
  }

  #with(document: unknown): Release {
    return prepareRelease([...this.#others, document as Ruleset]);
  }
}

const asBilled = (cases: readonly Case[], release: Release): readonly Billed[] =>
  billedCases(cases, release).map(({ result, bills }) => ({ case: result.case, bills }));

function priced(account: AccountDocument, release: Release): Priced {
  try {
    const { bills } = bill(account, release);
    const aloud = bills.map((each) => billAloud(each, account, release).lines.map((line) => line.aloud));
    return { bills, aloud };
  } catch (problem) {
    // A ruleset of sound form can still say what no bill can be made of; the checks say what.
    return { problem: problem instanceof BillingProblem ? problem.diagnostic : null };
  }
}

/** A draft is for one ruleset and its next version; it cannot become another's by what is typed in it. */
function identityErrors(document: unknown, { kind, id, version }: Setting): Diagnostic[] {
  const found = (typeof document === 'object' && document !== null ? document : {}) as Readonly<
    Record<string, unknown>
  >;
  return Object.entries({ kind, id, version }).flatMap(([field, expected]): Diagnostic[] => {
    if (!Object.hasOwn(found, field) || found[field] === expected) return [];
    const values = { field, expected: String(expected), found: JSON.stringify(found[field]) };
    return [{ code: 'draft-identity', severity: 'error', path: `/${field}`, values }];
  });
}
