/**
 * What is judged, and what is laid out, of that which somebody wrote?
 * Pure: values in, values out; it runs in a guarded thread. Also called: untrusted input, 利用者が書いたものの検査.
 */
import { billedCases, type CaseResult } from '#engine/cases/run-cases.ts';
import { diagnostic } from '#engine/diagnostics/catalogue.ts';
import type { Finding } from '#engine/diff/meaning/finding.ts';
import { meaningOf } from '#engine/diff/meaning/meaning.ts';
import { namingOf } from '#engine/diff/meaning/release-meaning.ts';
import { checkRulesets, formErrors } from '#engine/rulesets/check.ts';
import { checkPriceTable } from '#engine/rulesets/checks/price-tables.ts';
import { billAloud, type BillSpoken } from '#engine/explain/aloud/bill-aloud.ts';
import { bill } from '#engine/billing/bill.ts';
import { BillingProblem } from '#engine/billing/problem.ts';
import { untried, type Billed } from '#engine/cases/untried-rows.ts';
import { checkCaseFiles } from '#engine/cases/check-case-files.ts';
import { checkRulesetFiles, type RulesetFile } from '#engine/rulesets/files.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import { form, page, type Page } from '#runtime/documents/form.ts';
import { FormFault } from '#runtime/documents/plain-form.ts';
import { Refusal } from '#runtime/services/refusal.ts';
import { TableRefused, type Fault } from '#runtime/tables/faults.ts';
import { tableFile, tableFrom, type TableFile, type TableFormat } from '#runtime/tables/table-file.ts';
import { jsonPlace } from './json-place.ts';
import type {
  AccountDocument,
  BillingResult,
  Case,
  Diagnostic,
  MatrixPrice,
  Ruleset,
} from '#schemas/generated/types.ts';

export type Written =
  /** A ruleset and its cases as they were typed, among the other rulesets of the operator. */
  | {
      readonly is: 'draft';
      readonly text: string;
      readonly cases: readonly CaseWritten[];
      readonly others: readonly Ruleset[];
      /** The cases in use of the other rulesets, one of which may bill by this one; left out, it is not asked what no case tries. */
      readonly casesElsewhere?: readonly Case[];
    }
  /** Ruleset files, and the cases that lie beside them. */
  | { readonly is: 'files'; readonly files: readonly RulesetFile[]; readonly cases: readonly RulesetFile[] }
  /** A form of ours, in the dress of another. */
  | { readonly is: 'page'; readonly folder: string; readonly dress?: string; readonly model: PageModel }
  /** What stands between the head and the foot of such a page. */
  | { readonly is: 'body'; readonly folder: string; readonly dress?: string; readonly model: PageModel }
  /** Account documents as they were typed, with the rulesets to bill them by. */
  | {
      readonly is: 'prices';
      readonly texts: readonly string[];
      readonly rulesets: readonly Ruleset[];
      readonly trace: boolean;
      /** Whether each bill is to be read out besides. */
      readonly aloud: boolean;
    }
  /** Two versions of a ruleset, among all that give them names: what the later means that the earlier did not. */
  | { readonly is: 'meaning'; readonly before: Ruleset; readonly after: Ruleset; readonly known: readonly Ruleset[] }
  /** A price table in a file of another tool. */
  | { readonly is: 'table'; readonly file: Uint8Array }
  /** A price table of a draft, for another tool. */
  | { readonly is: 'tableFile'; readonly table: MatrixPrice; readonly format: TableFormat; readonly name: string };

export type PageModel = { readonly locale: string; readonly title: string };

export interface CaseWritten {
  readonly id: string;
  readonly text: string;
}

export interface Judged {
  /** `source` is 'draft', 'case/<id>', or none for another ruleset. */
  readonly diagnostics: readonly Diagnostic[];
  /** The results of the cases; none while there are errors. */
  readonly cases: readonly { readonly id: string; readonly result: CaseResult }[];
}

export type Answered<W extends Written> = W extends { is: 'draft' }
  ? Judged
  : W extends { is: 'files' }
    ? readonly Diagnostic[]
    : W extends { is: 'page' }
      ? Page
      : W extends { is: 'table' }
        ? TableRead
        : W extends { is: 'tableFile' }
          ? TableFile
          : W extends { is: 'prices' }
            ? readonly Priced[]
            : W extends { is: 'meaning' }
              ? readonly Finding[]
              : string;

/** A form that may not be laid out; the thread that asked is told so in its own way. */
export interface Faulty {
  readonly faulty: Fault;
}

function unlessFaulty<Laid>(lay: () => Laid): Laid | Faulty {
  try {
    return lay();
  } catch (fault) {
    if (!(fault instanceof FormFault)) throw fault;
    return { faulty: { code: fault.code, values: fault.values } };
  }
}

export function answerTo(
  written: Written,
):
  | Judged
  | readonly Diagnostic[]
  | readonly Finding[]
  | Page
  | Promise<TableRead | TableFile>
  | Faulty
  | readonly Priced[]
  | string {
  switch (written.is) {
    case 'draft':
      return judged(written);
    case 'files':
      return [...checkRulesetFiles(written.files), ...checkCaseFiles(written.files, written.cases)];
    case 'page':
      return unlessFaulty(() => page(form(written.folder, written.dress), written.model));
    case 'body':
      return unlessFaulty(() => form(written.folder, written.dress).body(written.model));
    case 'meaning':
      return meaningOf(written.before, written.after, namingOf(written.known));
    case 'table':
      return tableRead(written.file);
    case 'tableFile':
      return tableFile(written.table, written.format, written.name);
    case 'prices':
      return pricedAll(written);
  }
}

/** The table, with what is to be said of its cells one by one; or why it cannot be read. */
export type TableRead =
  { readonly table: MatrixPrice; readonly diagnostics: readonly Diagnostic[] } | { readonly faults: readonly Fault[] };

async function tableRead(file: Uint8Array): Promise<TableRead> {
  try {
    const table = await tableFrom(file);
    const formal = formErrors('MatrixPrice', table);
    return { table, diagnostics: formal.length > 0 ? formal : priceTableFaults(table) };
  } catch (refusal) {
    if (refusal instanceof TableRefused) return { faults: refusal.faults };
    if (refusal instanceof Refusal) return { faults: [{ code: refusal.code, values: refusal.values }] };
    throw refusal;
  }
}

function priceTableFaults(table: MatrixPrice): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  checkPriceTable(table, true, '', (code, path, values = {}, severity) =>
    found.push(diagnostic(code, path, values, severity)),
  );
  return found;
}

function judged({ text, cases, others, casesElsewhere }: Extract<Written, { is: 'draft' }>): Judged {
  const read = cases.map(readCase);
  const ofCases = read.flatMap(({ faults }) => faults);
  const source = 'draft';
  const parsed = parseRuleset(text);
  if ('diagnostic' in parsed) return { diagnostics: [{ ...parsed.diagnostic, source }, ...ofCases], cases: [] };
  const { document } = parsed;
  const found = checkRulesets([{ document, source }, ...others.map((ruleset) => ({ document: ruleset }))]);
  // What is published is sound: an error elsewhere comes of the draft. Other hints about others are not its author's.
  const own = found.filter((one) => one.source === source || one.severity === 'error');
  const diagnostics = [...own, ...ofCases];
  if (diagnostics.some(({ severity }) => severity === 'error')) return { diagnostics, cases: [] };
  const release = prepareRelease([...others, document as Ruleset]);
  const ruleset = document as Ruleset;
  const billed = (of: readonly Case[]) => billedCases(of, release);
  const results = billed(read.flatMap((one) => (one.document === undefined ? [] : [one.document])));
  const hints =
    casesElsewhere === undefined
      ? []
      : untried(ruleset, [...others, ruleset], results.map(asBilled), () => billed(casesElsewhere).map(asBilled));
  return {
    diagnostics: [...diagnostics, ...hints.map((hint) => ({ ...hint, source }))],
    cases: read.map(({ id }, index) => ({ id, result: results[index]!.result })),
  };
}

const asBilled = ({ result, bills }: ReturnType<typeof billedCases>[number]): Billed => ({ case: result.case, bills });

type CaseRead = { readonly id: string; readonly document?: Case; readonly faults: readonly Diagnostic[] };

function readCase({ id, text }: CaseWritten): CaseRead {
  const source = `case/${id}`;
  const parsed = parseRuleset(text);
  if ('diagnostic' in parsed) return { id, faults: [{ ...parsed.diagnostic, source }] };
  const faults = formErrors('Case', parsed.document).map((fault) => ({ ...fault, source }));
  return faults.length > 0 ? { id, faults } : { id, faults, document: parsed.document as Case };
}

/** The bills of an account document, or everything that stands in the way. */
export type Priced =
  (BillingResult & { readonly aloud?: readonly BillSpoken[] }) | { readonly diagnostics: readonly Diagnostic[] };

function pricedAll({ texts, rulesets, ...asked }: Extract<Written, { is: 'prices' }>): readonly Priced[] {
  const release = prepareRelease(rulesets);
  return texts.map((text) => priced(text, release, asked));
}

function priced(
  text: string,
  release: Release,
  { trace, aloud }: { readonly trace: boolean; readonly aloud: boolean },
): Priced {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    return { diagnostics: [diagnostic('malformed-json', '', jsonPlace(text, error))] };
  }
  const diagnostics = formErrors('AccountDocument', document);
  if (diagnostics.length > 0) return { diagnostics };
  try {
    if (!aloud) return bill(document as AccountDocument, release, { trace });
    const { trace: traces = [], ...billed } = bill(document as AccountDocument, release, { trace: true });
    const spoken = billed.bills.map((each, at) => billAloud(each, document as AccountDocument, release, traces[at]));
    return { ...billed, ...(trace && { trace: traces }), aloud: spoken };
  } catch (problem) {
    if (problem instanceof BillingProblem) return { diagnostics: [problem.diagnostic] };
    throw problem;
  }
}
