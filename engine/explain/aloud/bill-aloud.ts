/**
 * How is a whole bill read to a customer? Line after line, then the tax of each rate, the total and the day it is due.
 * Also called: bill read aloud, 請求の読み上げ.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { compare, exact, fractionOf, times, toText } from '#engine/money/exact.ts';
import type { Release } from '#engine/rulesets/release.ts';
import type { AccountDocument, Bill, BillTax, TraceNode } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { calledIn } from './called.ts';
import { lineAloud, type Spoken } from './line-aloud.ts';
import { aloud, dayAloud, moneyAloud, nameAloud, numberAloud } from './said-aloud.ts';

export interface BillSpoken {
  /** A sentence or more for each line, in their order. */
  readonly lines: readonly { readonly line: string; readonly aloud: Said }[];
  /** What is not charged, though it might have been: a penalty that is waived, or that is no longer owed. */
  readonly spared: readonly Said[];
  readonly tax: readonly Said[];
  readonly total: Said;
}

/** With a `trace` of the bill, what was used is said too, and what is spared. */
export function billAloud(bill: Bill, document: AccountDocument, release: Release, trace?: TraceNode): BillSpoken {
  const spoken: Spoken = { bill, release, called: calledIn(document, bill, release) };
  const nodes = (trace?.children ?? []).flatMap(({ children = [] }) => children);
  const steps = new Map(nodes.map(({ line, children = [] }) => [line, children]));
  return {
    lines: bill.lines.map((line) => {
      const own = steps.get(line.id);
      return { line: line.id, aloud: lineAloud(line, own === undefined ? spoken : { ...spoken, steps: own }) };
    }),
    spared: nodes.flatMap((node) => sparedAloud(node, bill, spoken.called)),
    tax: bill.tax.map((total) => taxAloud(total, bill)),
    total: aloud('total', {
      total: moneyAloud(bill.total.replace('-', ''), bill.currency),
      due: dayAloud(bill.dueOn, yearOf(bill)),
      sign: bill.total.startsWith('-') ? 'minus' : 'plus',
    }),
  };
}

const yearOf = ({ period }: Bill): string => addDays(period.end, -1).slice(0, 4);

/** 「消費税は、15,090 円に対して 10 パーセントで、1,509 円になります。」 */
export function taxAloud(
  { category, rate, net, tax, exact: worked }: BillTax,
  { currency }: Pick<Bill, 'currency'>,
): Said {
  const order = compare(exact(tax), fractionOf(worked));
  const percent = toText(times(exact(rate), exact('100')));
  return aloud(percent === '0' ? 'tax.none' : 'tax', {
    category,
    percent: numberAloud(percent),
    net: moneyAloud(net, currency),
    tax: moneyAloud(tax, currency),
    worked: moneyAloud(worked, currency),
    rounded: order === 0 ? 'no' : order < 0 ? 'down' : 'up',
  });
}

function sparedAloud({ code, values }: TraceNode, bill: Bill, called: Spoken['called']): readonly Said[] {
  const which = /^trace\.penalty\.(grace|free|waived)$/.exec(code)?.[1];
  if (which === undefined) return [];
  const product = called?.(values['product'] ?? '');
  const { lastDay, reason } = values;
  return [
    aloud(`penalty.${which}`, {
      product: product === undefined ? 'none' : aloud('ofProduct', { product: nameAloud(product) }),
      lastDay: lastDay === undefined ? 'none' : dayAloud(lastDay, yearOf(bill)),
      reason: { code: `aloud.reason.${reason ?? ''}`, plain: '' },
      known: knownReasons.has(reason ?? '') ? 'yes' : 'no',
    }),
  ];
}

/** The reasons for ending that have words of their own; others are the operator's own codes, which are not spoken. */
const knownReasons: ReadonlySet<string> = new Set([
  'death',
  'faulty-goods',
  'initial-cancellation',
  'moved-out-of-area',
]);
