/** Does billing month after month, with what each month hands on to the next, come to what billing the span at once does? */
import { describe, expect, it } from 'vitest';
import type { AccountDocument, Bill, BillingResult, BillingState, Case } from '#schemas/generated/types.ts';
import { bill } from '#engine/billing/bill.ts';
import { nextMonth } from '#engine/calendar/billing-cycle.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { releaseOf } from '#engine/cases/run-cases.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';
import { caseFiles, casesIn, operators, rulesetsOf } from './shipped.ts';

const isLong = ({ given }: Case): boolean => given.periods.first < given.periods.last;

/** Usage up to the last day of the bill: what lies before its first day has been billed already. */
function usedIn({ usage = [] }: AccountDocument, { start, end }: Bill['period']): AccountDocument['usage'] {
  return usage.filter(({ startedAt }) => startedAt.slice(0, 10) >= start && startedAt.slice(0, 10) < end);
}

function monthByMonth(document: AccountDocument, release: Release, atOnce: readonly Bill[]): BillingResult {
  const bills: Bill[] = [];
  let state: BillingState | undefined = document.previousState;
  for (let month = document.periods.first; month <= document.periods.last; month = nextMonth(month)) {
    const whole = atOnce.find(({ period }) => addDays(period.end, -1).startsWith(month));
    if (whole === undefined) throw new Error(`${month} has no bill`);
    const result = bill(
      {
        ...document,
        usage: usedIn(document, whole.period) ?? [],
        periods: { first: month, last: month },
        ...(state && { previousState: state }),
      },
      release,
    );
    bills.push(...result.bills);
    state = result.nextState;
  }
  return { bills, nextState: state as BillingState };
}

describe.each(operators)('%s', (operator) => {
  const release = prepareRelease(rulesetsOf(operator));
  const long = caseFiles(operator).flatMap(casesIn).filter(isLong);

  it(`bills its ${long.length} cases of several months alike, month by month and at once`, () => {
    for (const one of long) {
      const rules = releaseOf(one, release);
      const atOnce = bill(one.given, rules);
      expect(monthByMonth(one.given, rules, atOnce.bills), one.it.en).toEqual(atOnce);
    }
  });
});
