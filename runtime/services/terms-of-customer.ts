/**
 * Show what was agreed with a customer besides the price list, what was added or taken off by hand, and what waits for a second person.
 * Also called: special terms, 個別の取り決め、相対価格・調整の一覧.
 */
import type { Release } from '#engine/rulesets/release.ts';
import type { Actor } from '#runtime/access/actor.ts';
import { authorize } from '#runtime/access/permissions.ts';
import type { ConcessionTerms } from '#runtime/agreements/concessions.ts';
import { agreeable } from '#runtime/agreements/terms.ts';
import type { App } from '#runtime/app.ts';
import { keptRelease } from '#runtime/catalogue/kept-release.ts';
import { readAccounts, readCustomer } from '#runtime/customers/read-customer.ts';
import { todayOf } from '#runtime/customers/today.ts';
import { withScope } from '#runtime/db/scope.ts';
import type { Localized, NegotiatedPrice, TaxCategory } from '#schemas/generated/types.ts';

export type AgreementShown = {
  readonly id: string;
  readonly product: string | null;
  readonly charge: string;
  readonly chargeName: Localized;
  readonly from: string;
  readonly to: string | null;
  readonly price: NegotiatedPrice['price'];
  readonly reason: string;
  readonly by: string;
};

export type AdjustmentShown = {
  readonly id: string;
  readonly account: string;
  readonly on: string;
  readonly name: Localized;
  readonly amount: string;
  readonly taxCategory: TaxCategory;
  readonly reason: string;
  readonly by: string;
};

export type ConcessionShown = ConcessionTerms & {
  readonly id: string;
  readonly chargeName: Localized;
  readonly reason: string;
  readonly askedById: string;
  readonly askedBy: string;
  readonly askedAt: string;
};

export type TermsOfCustomer = {
  readonly today: string;
  readonly accounts: readonly string[];
  /** The first of each list is the newest. */
  readonly agreements: readonly AgreementShown[];
  readonly adjustments: readonly AdjustmentShown[];
  readonly waiting: readonly ConcessionShown[];
  /** Of which a price can be agreed: those of what the customer holds first. */
  readonly charges: readonly { readonly id: string; readonly name: Localized }[];
};

const SHOWN = 50;

/** As known now. Refused with `customer-unknown`. */
export async function termsOfCustomer(
  app: App,
  actor: Actor,
  { customerId }: { readonly customerId: string },
): Promise<TermsOfCustomer> {
  authorize(actor, 'customer.read');
  return withScope(app, actor, async (tx) => {
    const { release } = await keptRelease(app, tx, actor.tenantId);
    const customer = await readCustomer(tx, customerId);
    const { shard, groupId } = customer;
    const agreements = await tx.sql<Omit<AgreementShown, 'chargeName'>>(
      `select n.id, n.product_id as product, n.charge, n.valid_from as "from", n.valid_to as "to", n.price, n.reason,
              coalesce(p.name, '') as by
       from negotiated_price n left join person p on p.id = n.agreed_by
       where n.shard = $1 and n.group_id = $2 and n.known_to is null order by n.valid_from desc, n.row_id desc limit $3`,
      [shard, groupId, SHOWN],
    );
    const adjustments = await tx.sql<AdjustmentShown>(
      `select j.id, j.account_id as account, j.counted_on as "on", j.name, trim_scale(j.amount)::text as amount,
              j.tax_category as "taxCategory", j.reason, coalesce(p.name, '') as by
       from adjustment j left join person p on p.id = j.entered_by
       where j.shard = $1 and j.group_id = $2 and j.known_to is null order by j.counted_on desc, j.row_id desc limit $3`,
      [shard, groupId, SHOWN],
    );
    const waiting = await tx.sql<ConcessionTerms & Omit<ConcessionShown, 'chargeName' | keyof ConcessionTerms>>(
      `select c.id, c.kind, c.terms, c.reason, c.asked_by as "askedById", coalesce(p.name, '') as "askedBy",
              to_char(c.asked_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "askedAt"
       from concession c left join person p on p.id = c.asked_by
       where c.shard = $1 and c.customer_id = $2 and c.state = 'open' order by c.asked_at, c.id`,
      [shard, customerId],
    );
    const held = await tx.sql<{ offering: string }>(
      `select distinct h.offering from product p
       join product_history h on h.shard = p.shard and h.tenant_id = p.tenant_id and h.product_id = p.id
       where p.shard = $1 and p.group_id = $2 and h.known_to is null`,
      [shard, groupId],
    );
    const charges = agreeableCharges(
      release,
      held.map(({ offering }) => offering),
    );
    const named = (id: string): Localized => charges.find((each) => each.id === id)?.name ?? { ja: id, en: id };
    return {
      today: await todayOf(app, tx),
      accounts: (await readAccounts(tx, customer)).map(({ id }) => id),
      agreements: agreements.map((each) => ({ ...each, chargeName: named(each.charge) })),
      adjustments,
      waiting: waiting.map((each) => ({
        ...each,
        chargeName: nameOf(each, named),
      })),
      charges,
    };
  });
}

function nameOf({ kind, terms }: ConcessionTerms, named: (charge: string) => Localized): Localized {
  if (kind === 'agreement') return named(terms.charge);
  if (kind === 'adjustment') return terms.name;
  return terms.of === 'agreement' ? named(terms.was.charge) : terms.was.name;
}

/** By id, each as its latest plan calls it; the charges of `held` offerings before all others. */
function agreeableCharges(release: Release, held: readonly string[]): readonly { id: string; name: Localized }[] {
  const plans = new Set(held.flatMap((id) => release.versions('offering', id).map(({ body }) => body.ratePlan)));
  const isHeld = ({ id }: { readonly id: string }): boolean => plans.has(id);
  const all = release.rulesets.flatMap((ruleset) => (ruleset.kind === 'ratePlan' ? [ruleset] : []));
  const charges = new Map<string, Localized>();
  for (const { body } of [...all.filter(isHeld), ...all.filter((plan) => !isHeld(plan))])
    for (const { id, type, name } of body.charges) if (agreeable.has(type) && !charges.has(id)) charges.set(id, name);
  return [...charges].map(([id, name]) => ({ id, name }));
}
