/** One bill as the paper it becomes; `?line=` asks why that line has its amount. */
import { mayDo } from '#runtime/access/permissions.ts';
import { askCredit } from '#runtime/services/ask-credit.ts';
import { creditsOfBill } from '#runtime/services/credits-of-bill.ts';
import { declineCredit } from '#runtime/services/decline-credit.ts';
import { explainLine } from '#runtime/services/explain-line.ts';
import { issueCredit } from '#runtime/services/issue-credit.ts';
import { showBill } from '#runtime/services/show-bill.ts';
import { orRefused } from '#lib/server/refused.ts';
import { mayOpen, requirements } from '#lib/server/routes.ts';
import { entered } from '#lib/server/session.ts';
import { wordsOf } from '#lib/server/words-of.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = entered(event);
  const billId = event.params.id;
  const lineId = event.url.searchParams.get('line');
  const [{ products, ...shown }, credits] = await Promise.all([
    showBill(app, actor, { billId }),
    creditsOfBill(app, actor, { billId }),
  ]);
  return {
    crumb: shown.document?.number ?? `${shown.bill.account} · ${shown.cycle.month}`,
    shown,
    products: Object.fromEntries(products.map(({ id, ...product }) => [id, product])),
    credits,
    personId: actor.personId,
    mayReadForm: mayOpen(actor, requirements['/bills/[id]/template']),
    mayAskCredit: mayDo(actor, 'credit.ask'),
    mayIssueCredit: mayDo(actor, 'credit.issue'),
    lineId,
    // The bill is computed again to explain it; the paper does not wait for that.
    explanation: lineId === null ? null : explainLine(app, actor, { billId, lineId }),
  };
};

type ActionEvent = Parameters<NonNullable<Actions[string]>>[0];

export const actions = {
  askCredit: (event) =>
    step(event, 'credit.done.ask', ({ app, actor }, form) =>
      askCredit(app, actor, { billId: event.params.id, lines: linesOf(form), reason: textOf(form, 'reason') }),
    ),
  issueCredit: (event) =>
    step(event, 'credit.done.issue', ({ app, actor }, form) =>
      issueCredit(app, actor, { creditId: textOf(form, 'credit') }),
    ),
  declineCredit: (event) =>
    step(event, 'credit.done.decline', ({ app, actor }, form) =>
      declineCredit(app, actor, { creditId: textOf(form, 'credit') }),
    ),
} satisfies Actions;

function step(
  event: ActionEvent,
  done: 'credit.done.ask' | 'credit.done.issue' | 'credit.done.decline',
  work: (by: ReturnType<typeof entered>, form: FormData) => Promise<unknown>,
) {
  return orRefused(event.locals.locale, async () => {
    await work(entered(event), await event.request.formData());
    return { done: wordsOf(event.locals.locale)(done) };
  });
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '');

/** The fields `amount/<line>` that were filled in; people write thousands with commas. */
function linesOf(form: FormData) {
  return [...form.keys()]
    .filter((key) => key.startsWith('amount/'))
    .map((key) => ({ line: key.slice('amount/'.length), amount: textOf(form, key).replaceAll(/[,\s]/g, '') }))
    .filter(({ amount }) => amount !== '');
}
