/** A small operator whose plan is changed in the tests of changes: one plan, its offering, tax, rounding and closing day. */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { publishSources } from '#runtime/catalogue/publish-release.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { startDraft } from '#runtime/services/start-draft.ts';
import { saveDraft } from '#runtime/services/save-draft.ts';
import type { Case, RatePlanRuleset, Ruleset } from '#schemas/generated/types.ts';

const name = (text: string) => ({ ja: text, en: text });
const envelope = { version: 1, effective: { from: '2026-04-01', to: null }, reason: 'Price list.' };

export const plan = (price: string, version = 1, from = '2026-04-01'): RatePlanRuleset => ({
  ...envelope,
  kind: 'ratePlan',
  id: 'basic',
  version,
  effective: { from, to: null },
  name: name('Basic'),
  body: {
    charges: [
      {
        ...{ id: 'base', type: 'recurring', name: name('Basic fee'), price, taxCategory: 'standard' },
        proration: { start: 'byDay', end: 'byDay', change: 'byDay' },
      } as RatePlanRuleset['body']['charges'][number],
    ],
  },
});

const around: readonly Ruleset[] = [
  {
    ...envelope,
    ...{ kind: 'offering', id: 'basic', name: name('Basic') },
    body: { service: 'mobile', ratePlan: 'basic', sales: { from: '2026-04-01', to: null } },
  },
  {
    ...envelope,
    ...{ kind: 'rounding', id: 'rounding', name: name('Rounding') },
    body: { line: { mode: 'down' }, discount: { mode: 'down', on: 'discount' } },
  },
  {
    ...envelope,
    ...{ kind: 'tax', id: 'tax', name: name('Tax') },
    body: {
      rounding: 'down',
      dateOfSupply: 'lastDay',
      rates: [{ category: 'standard', rate: '0.10', from: '2019-10-01', to: null }],
    },
  },
  {
    ...envelope,
    ...{ kind: 'billingCycle', id: 'month-end', name: name('Month end') },
    body: { currency: 'JPY', closingDay: 31, due: { monthsAfter: 1, day: 31 }, tax: 'tax', rounding: 'rounding' },
  },
] as unknown as readonly Ruleset[];

/** A customer of the plan since its first day pays `total` for the month. */
export const fullMonth = (month: string, total: string, it = `full month ${month}`): Case =>
  ({
    it: name(it),
    given: {
      customer: { id: 'C-1', type: 'individual' },
      accounts: [{ id: 'A-1', billingCycle: 'month-end' }],
      products: [
        {
          ...{ id: 'P-1', account: 'A-1', offering: 'basic', event: 'new' },
          ...{ appliedOn: `${month}-01`, startsOn: `${month}-01`, endsOn: null },
        },
      ],
      periods: { first: month, last: month },
    },
    expect: { total },
  }) as unknown as Case;

/** Publishes the plan at 3,000 yen with its one case: 3,300 with tax. */
export async function publishPlan(app: App, approver: Actor): Promise<void> {
  const result = await publishSources(
    app,
    approver,
    [...around, plan('3000')].map((document) => ({ document })),
    [{ kind: 'ratePlan', id: 'basic', document: [fullMonth('2026-04', '3300')] }],
  );
  if ('refusal' in result) throw new Error(JSON.stringify(result.refusal));
}

export const named = { kind: 'ratePlan', id: 'basic' } as const;

/** A draft of the next version at `price`, from `from`, with a reason; gives its id and revision. */
export async function draftAt(
  app: App,
  author: Actor,
  price: string,
  from = '2026-12-01',
): Promise<{ draftId: string; revision: number }> {
  const { draftId } = await startDraft(app, author, named);
  return { draftId, ...(await retype(app, author, draftId, price, from)) };
}

/** Types another price into a draft. */
export async function retype(
  app: App,
  author: Actor,
  draftId: string,
  price: string,
  from = '2026-12-01',
  more: { takeBack?: boolean; base?: number } = {},
): Promise<{ revision: number }> {
  const shown = await showDraft(app, author, { draftId });
  const version = (more.base ?? shown.baseVersion ?? 0) + 1;
  const text = JSON.stringify({ ...plan(price, version, from), reason: `The price becomes ${price}.` }, null, 2);
  const { revision } = await saveDraft(app, author, { draftId, revision: shown.revision, text, ...more });
  return { revision };
}
