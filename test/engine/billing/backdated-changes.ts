/** Whatever may be found out about closed months: one fact of each kind that a bill follows from, dated back (遡及). */
import fc from 'fast-check';
import type { AccountDocument, Product, ProductChange, RatePlanRuleset, Ruleset } from '#schemas/generated/types.ts';
import { addDays } from '#engine/calendar/civil-date.ts';
import { exact, times, toText } from '#engine/money/exact.ts';
import { prepareRelease, type Release } from '#engine/rulesets/release.ts';

export const kinds = [
  ...(['plan', 'suspended', 'resumed', 'ended', 'addOn', 'quantity', 'agreed', 'granted'] as const),
  ...(['priceVersion', 'reading', 'moved'] as const),
] as const;
export type Kind = (typeof kinds)[number];

/** What is found out, and from which day it holds. */
export interface FoundOut {
  readonly kind: Kind;
  readonly on: string;
  /** A number that each kind makes of what it needs. */
  readonly n: number;
}

export interface Known {
  readonly document: AccountDocument;
  readonly release: Release;
}

/** What the rulesets at hand have for the kinds that need something of them. */
export interface Sold {
  readonly offerings: readonly string[];
  readonly campaign: string;
  readonly otherCycle: string | null;
  /** The charge that a price is agreed for; 'base' when left out. */
  readonly agreed?: string;
}

export const foundOut = (days: fc.Arbitrary<string>, possible: readonly Kind[]): fc.Arbitrary<FoundOut> =>
  fc.record({ kind: fc.constantFrom(...possible), on: days, n: fc.nat(1_000) });

/** The facts and the rules as they are known now. */
export function knownNow({ document, release }: Known, { kind, on, n }: FoundOut, sold: Sold): Known {
  const [first, ...others] = document.products;
  const product = first!;
  const withFirst = (one: Product): Known => ({ document: { ...document, products: [one, ...others] }, release });
  const changed = (change: Omit<ProductChange, 'from'>): Known =>
    isServed(product, on) ? withFirst(withChange(product, { from: on, ...change })) : { document, release };
  switch (kind) {
    case 'plan':
      return changed({ offering: sold.offerings[n % sold.offerings.length]! });
    case 'suspended':
      return changed({ status: 'suspended' });
    case 'resumed':
      return changed({ status: 'active' });
    case 'quantity':
      return changed({ quantity: String(n % 7) });
    case 'ended':
      return isServed(product, on) && !usesAfter(document, product.id, on)
        ? withFirst({ ...product, endsOn: on })
        : { document, release };
    case 'addOn': {
      const offering = sold.offerings[n % sold.offerings.length]!;
      const added: Product = { ...bare(product), id: 'P-added', offering, appliedOn: on, startsOn: on, endsOn: null };
      return { document: { ...document, products: [...document.products, added] }, release };
    }
    case 'agreed': {
      const valid = { from: on, to: n % 2 === 0 ? null : addDays(on, n) };
      const agreed = {
        id: 'N-1',
        product: product.id,
        charge: sold.agreed ?? 'base',
        valid,
        price: { pinned: String(n) },
      };
      return { document: { ...document, negotiatedPrices: [agreed] } as AccountDocument, release };
    }
    case 'granted': {
      const grant = { campaign: sold.campaign, product: product.id, grantedOn: on };
      return { document: { ...document, grants: [...(document.grants ?? []), grant] }, release };
    }
    case 'priceVersion':
      return { document, release: dearerFrom(release, on) };
    case 'reading':
      return { document: { ...document, usage: corrected(document.usage ?? [], on, n) }, release };
    case 'moved': {
      const accounts = document.accounts.map((each) => ({
        ...each,
        history: [
          ...(each.history ?? []).filter(({ from }) => from < on.slice(0, 7)),
          { from: on.slice(0, 7), billingCycle: sold.otherCycle ?? each.billingCycle },
        ],
      }));
      return { document: { ...document, accounts }, release };
    }
  }
}

const isServed = ({ startsOn, endsOn }: Product, on: string): boolean =>
  startsOn < on && (endsOn === null || on < endsOn);

/** What is used after the end would be refused. */
const usesAfter = ({ usage = [] }: AccountDocument, id: string, on: string): boolean =>
  usage.some((use) => use.product === id && use.startedAt >= on);

const withChange = (product: Product, change: ProductChange): Product => ({
  ...product,
  history: [...(product.history ?? []), change],
});

const bare = ({ account, event }: Product): Pick<Product, 'account' | 'event'> => ({ account, event });

/** From the day on every use is read anew: so much more, or nothing. */
const corrected = (usage: NonNullable<AccountDocument['usage']>, on: string, n: number) =>
  usage.map((use) => (use.startedAt < on ? use : { ...use, quantity: n % 3 === 0 ? '0' : String(n) }));

/** Each plan in force on the day costs a tenth more from it on. */
function dearerFrom({ rulesets }: Release, on: string): Release {
  const isOpen = ({ effective }: Ruleset): boolean =>
    effective.from < on && (effective.to === null || effective.to > on);
  return prepareRelease(
    rulesets.flatMap((ruleset): Ruleset[] => {
      if (ruleset.kind !== 'ratePlan' || !isOpen(ruleset)) return [ruleset];
      if (rulesets.some((one) => one.kind === 'ratePlan' && one.id === ruleset.id && one.version > ruleset.version))
        return [ruleset];
      const next = { ...ruleset, version: ruleset.version + 1, effective: { from: on, to: ruleset.effective.to } };
      return [{ ...ruleset, effective: { ...ruleset.effective, to: on } }, dearer(next)];
    }),
  );
}

const dearer = (plan: RatePlanRuleset): RatePlanRuleset => ({
  ...plan,
  body: {
    ...plan.body,
    charges: plan.body.charges.map((charge) =>
      charge.type === 'recurring' || charge.type === 'cyclic'
        ? { ...charge, price: toText(times(exact(charge.price), { n: 11n, d: 10n })) }
        : charge,
    ),
  },
});
