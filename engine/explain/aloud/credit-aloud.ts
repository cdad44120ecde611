/**
 * How is a credit note read to a customer? Of what something is given back, how much of it, with how much tax, and what that comes to.
 * Also called: credit note read aloud, 返還インボイスの読み上げ, 返金の電話応対.
 */
import { addDays } from '#engine/calendar/civil-date.ts';
import { creditableLines } from '#engine/credits/creditable.ts';
import { minorToText, textToMinor } from '#engine/money/money.ts';
import { compare, exact, fractionOf, greatest, minus, ONE, ZERO } from '#engine/money/exact.ts';
import type { Bill, BillTax, CreditedLine, CreditNote } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';
import { taxAloud } from './bill-aloud.ts';
import type { Spoken } from './line-aloud.ts';
import { aloud, moneyAloud, nameAloud, periodAloud } from './said-aloud.ts';

/**
 * One sentence after another: which bill it is of, each line, the tax of each rate, the total. `bill` is the closed bill of which is given
 * back; a product that `called` has a name for is named.
 */
export function creditAloud(note: CreditNote, bill: Bill, called: NonNullable<Spoken['called']>): readonly Said[] {
  const charged = new Map(creditableLines(bill, []).map(({ line, billed }) => [line.id, { line, billed }]));
  const year = addDays(bill.period.end, -1).slice(0, 4);

  const lineAloud = ({ line: id, name, amount, servicePeriod, taxIncluded }: CreditedLine): Said => {
    const of = charged.get(id);
    const product = of?.line.product == null ? undefined : called(of.line.product);
    const isWhole = of?.billed === textToMinor(amount, note.currency);
    return aloud(isWhole ? 'credit.whole' : 'credit.part', {
      name: nameAloud(name),
      product:
        product === undefined || name.ja.startsWith(product.ja)
          ? 'none'
          : aloud('ofProduct', { product: nameAloud(product) }),
      period: periodAloud(servicePeriod, year),
      amount: moneyAloud(amount, note.currency),
      billed: of === undefined ? 'none' : moneyAloud(minorToText(of.billed, note.currency), note.currency),
      changed: of !== undefined && of.billed !== textToMinor(of.line.amount, note.currency) ? 'yes' : 'no',
      withTax: taxIncluded ? 'yes' : 'no',
    });
  };
  return [
    aloud('credit', { period: periodAloud(note.period, year) }),
    ...note.lines.map(lineAloud),
    ...note.tax.map((total) => creditTaxAloud(total, note)),
    aloud('credit.total', { total: moneyAloud(note.total, note.currency) }),
  ];
}

/** Where the last of a rate is given back, the tax is what the bill has left of it, whatever its share would be. */
function creditTaxAloud(total: BillTax, note: CreditNote): Said {
  const off = minus(exact(total.tax), fractionOf(total.exact));
  const isRest = compare(greatest(off, minus(ZERO, off)), ONE) >= 0;
  if (!isRest) return taxAloud(total, note);
  return aloud('credit.taxRest', {
    net: moneyAloud(total.net, note.currency),
    tax: moneyAloud(total.tax, note.currency),
  });
}
