/**
 * Do the versions of one ruleset follow one another without a gap, and is each of them ever in force?
 * Also called: effective dating, 版の期間, 有効期間の重なりと隙間.
 */
import type { Report } from '#engine/diagnostics/catalogue.ts';
import type { Ruleset } from '#schemas/generated/types.ts';
import type { Check } from '../known.ts';
import { firstUncovered, type Span } from '../release.ts';

export const checkVersions: Check = (ruleset, known, report) => {
  const spans = known.spans(ruleset.kind, ruleset.id);
  const at = spans.findIndex((span) => span.ruleset === ruleset);
  const own = spans[at] as Span;
  const { version, effective } = ruleset;
  const same = spans.filter((span) => span.ruleset.version === version);
  if (same.length > 1) {
    if (same[0] !== own) report('duplicate-version', '/version', { version: `${version}` });
    return;
  }
  checkClosing(ruleset, spans[at - 1]?.ruleset, report);
  const higher = spans.slice(at + 1);
  const successor = higher.toSorted((a, b) => (a.from < b.from ? -1 : 1)).find((span) => span.from >= own.from);
  if (effective.to !== null && effective.to <= effective.from) return;
  if (higher.length > 0 && firstUncovered(own, higher) === undefined) {
    const later = higher.map((span) => span.ruleset.version).join(', ');
    report('version-never-in-force', '/effective', { version: `${version}`, later });
    return;
  }
  if (effective.to !== null && successor !== undefined && successor.from < effective.to) {
    const { from, ruleset: later } = successor;
    report('version-cut-short', '/effective/to', { to: effective.to, later: `${later.version}`, from });
  }
  const gap = gapBefore(own, spans);
  if (gap !== undefined) report('version-gap', '/effective/from', gap);
};

/** Months are billed one after the other: customers who are to be billed on other days move to another billing cycle. */
function checkClosing(ruleset: Ruleset, before: Ruleset | undefined, report: Report): void {
  if (ruleset.kind !== 'billingCycle' || before?.kind !== 'billingCycle') return;
  const [was, is] = [before.body, ruleset.body];
  if (is.currency !== was.currency)
    report('currency-changed', '/body/currency', { before: was.currency, after: is.currency });
  if (is.closingDay !== was.closingDay)
    report('closing-day-changed', '/body/closingDay', { before: `${was.closingDay}`, after: `${is.closingDay}` });
  else if ((is.closing ?? 'common') !== (was.closing ?? 'common'))
    report('closing-changed', '/body/closing', { before: was.closing ?? 'common', after: is.closing ?? 'common' });
}

/** The days just before `own` on which nothing answers, though something did before them. */
function gapBefore(own: Span, spans: readonly Span[]): { from: string; to: string } | undefined {
  const earlier = spans.filter((span) => span.from < own.from);
  if (earlier.length === 0 || earlier.some((span) => span.to === null || span.to >= own.from)) return undefined;
  const from = earlier.map((span) => span.to as string).reduce((a, b) => (a > b ? a : b));
  return { from, to: own.from };
}
