/**
 * Show what was given back of a bill, what is asked for, and what could still be given back of each line.
 * Also called: credit notes of a bill, 返還の一覧.
 */
import type { CreditAsked } from '#engine/credits/credit-note.ts';
import { creditableLines } from '#engine/credits/creditable.ts';
import { minorToText } from '#engine/money/money.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { App } from '#runtime/app.ts';
import { billToCredit } from '#runtime/credits/bill-to-credit.ts';
import { creditsAloud } from '#runtime/credits/credits-aloud.ts';
import { issuedCredits, openCredits, type IssuedCredit, type OpenCredit } from '#runtime/credits/credits-of-bill.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Localized } from '#schemas/generated/types.ts';
import type { Said } from '#schemas/messages/render.ts';

export type CreditsOfBill = {
  readonly isClosed: boolean;
  /** Each with the sentences in which it is read to the customer. */
  readonly issued: readonly (IssuedCredit & { readonly aloud: readonly Said[] })[];
  readonly open: readonly (Omit<OpenCredit, 'lines'> & {
    readonly lines: readonly (CreditAsked & { readonly name: Localized })[];
  })[];
  readonly creditable: readonly {
    readonly line: string;
    readonly name: Localized;
    readonly left: string;
    readonly taxIncluded: boolean;
  }[];
};

/** Refused with `bill-unknown`. */
export async function creditsOfBill(
  app: App,
  actor: Actor,
  { billId }: { readonly billId: string },
): Promise<CreditsOfBill> {
  authorize(actor, 'bill.read');
  return withScope(app, actor, async (tx) => {
    const { stored, around, bill, release } = await billToCredit(tx, app, actor.tenantId, billId);
    const issued = await issuedCredits(tx, stored);
    const spoken = await creditsAloud(tx, stored, release, issued);
    const left = creditableLines(
      bill,
      issued.map(({ note }) => note),
    );
    // A request names lines of this very bill: a closed bill never changes.
    const names = new Map(bill.lines.map(({ id, name }) => [id, name]));
    const open = await openCredits(tx, stored);
    return {
      isClosed: around.document !== null,
      issued: issued.map((credit, index) => ({ ...credit, aloud: spoken[index]! })),
      open: open.map((asked) => ({
        ...asked,
        lines: asked.lines.map((each) => ({ ...each, name: names.get(each.line)! })),
      })),
      creditable: left
        .filter((each) => each.left > 0n)
        .map(({ line, left: minor }) => ({
          line: line.id,
          name: line.name,
          left: minorToText(minor, bill.currency),
          taxIncluded: line.taxIncluded,
        })),
    };
  });
}
