/** The limits of law, each with what is lawful, what is beyond it, and what the author is then told. */
import type { Effect } from '#schemas/generated/types.ts';
import type { DiagnosticCode } from '#engine/diagnostics/catalogue.ts';
import { recurring, untyped } from '../diagnostics/cases/provoke.ts';
import type { LawfulSet } from './lawful-set.ts';

export type Bend = (set: LawfulSet) => void;

export interface Limit {
  readonly rule: string;
  readonly lawful: Bend;
  readonly beyond: Bend;
  readonly code: DiagnosticCode;
  readonly at: string;
  readonly values: Readonly<Record<string, string>>;
  /** Where the rule itself is an error: what is said when nobody can tell. */
  readonly severity?: 'warning';
}

const taxIncluded = (set: LawfulSet): Record<string, unknown> => untyped(set.ratePlan.body.charges[0]);
const offSignUp =
  (percent: string, months: number | null): Bend =>
  ({ campaign }) => {
    campaign.body.discounts[0]!.effect = { op: 'percentOff', percent };
    campaign.body.duration.months = months;
  };
const handset =
  (price: string, off: string): Bend =>
  (set) => {
    untyped(set.handset.body.charges[0])['price'] = price;
    set.deal.body.discounts[0]!.effect = { op: 'amountOff', amount: off };
  };
const leaving =
  (fee: LawfulSet['penalty']['body']['fee'], cap?: string): Bend =>
  (set) => {
    // Only R7 is looked at: R2 allows less.
    set.profile.body.rules = set.profile.body.rules.filter(({ rule }) => rule !== 'penalty');
    set.penalty.body.fee = fee;
    if (cap === undefined) delete set.penalty.body.cap;
    else set.penalty.body.cap = cap;
  };

/** Waived before the given day from receipt, and perhaps where the day is not on record. */
const withinDays =
  (before: string, orUnknown: boolean): Bend =>
  ({ penalty, profile }) => {
    for (const rule of profile.body.rules) if (rule.rule === 'withdrawal') rule.days = 8;
    const inTime = { fact: 'product.documentDay', operator: 'decimalLessThan', value: before } as const;
    const unknown = { fact: 'product.documentDay', operator: 'isPresent', value: false } as const;
    penalty.body.waivedWhen = {
      all: [
        { fact: 'product.endReason', operator: 'equal', value: 'withdrawal' },
        { any: orUnknown ? [unknown, inTime] : [inTime] },
      ],
    };
  };

/** The tenure discount on a fee that the plan has besides, once or every so many months. */
function withFee(set: LawfulSet, price: string, effect: Effect, charges: string[], every?: number): void {
  const named = { id: 'renewal', name: set.phone.name, price, taxCategory: 'standard' } as const;
  set.ratePlan.body.charges.push(
    every === undefined
      ? { type: 'oneTime', on: 'end', ...named }
      : {
          type: 'cyclic',
          every: { unit: 'month', count: every },
          timing: 'advance',
          first: 'atStart',
          onEnd: 'full',
          ...named,
        },
  );
  set.tenureDiscount.body.target = { charges, offerings: [offering] };
  set.tenureDiscount.body.steps[0]!.effect = effect;
}

/** The campaign takes off a fee that falls due once, whole. */
function forgone(set: LawfulSet, price: string): void {
  withFee(set, price, { op: 'amountOff', amount: '1' }, ['renewal']);
  set.campaign.body.duration.months = 1;
  set.campaign.body.discounts[0]!.effect = { op: 'free' };
  set.campaign.body.discounts[0]!.target = { charges: ['renewal'], offerings: [offering] };
}

export const offering = 'voice-basic';

export const limits: readonly Limit[] = [
  {
    rule: 'R1: a term binds for two years at most',
    lawful: ({ term }) => (term.body.months = 24),
    beyond: ({ term }) => (term.body.months = 25),
    code: 'law-term-too-long',
    at: 'term/two-years@1 /body/months',
    values: { offering, months: '25', limit: '24' },
  },
  {
    rule: 'R2: a penalty is 1,000 at most',
    lawful: ({ penalty }) => (penalty.body.fee = { model: 'fixed', amount: '1000' }),
    beyond: ({ penalty }) => Object.assign(penalty.body, { fee: { model: 'fixed', amount: '1001' }, cap: '9999' }),
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '1001', limit: '1000' },
  },
  {
    rule: 'R2: a penalty is no more than a month of a plan that costs less than 1,000',
    lawful: (set) => {
      recurring(set).price = '900';
      untyped(set.freePlan.body.charges[1])['price'] = '900';
      set.tenureDiscount.body.steps[0]!.effect = { op: 'amountOff', amount: '75' };
      Object.assign(set.penalty.body, { fee: { model: 'fixed', amount: '900' } });
    },
    beyond: (set) => {
      recurring(set).price = '900';
      untyped(set.freePlan.body.charges[1])['price'] = '900';
      set.tenureDiscount.body.steps[0]!.effect = { op: 'amountOff', amount: '75' };
      set.profile.body.rules = set.profile.body.rules.filter(({ rule }) => rule !== 'exitCharge');
      Object.assign(set.penalty.body, { fee: { model: 'fixed', amount: '901' } });
    },
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '901', limit: '900' },
  },
  {
    rule: 'R3: being bound makes 170 a month at most, and AX-01 with 1,500 fails',
    lawful: ({ freePlan }) => (untyped(freePlan.body.charges[1])['price'] = '3170'),
    beyond: ({ freePlan }) => (untyped(freePlan.body.charges[1])['price'] = '4500'),
    code: 'law-price-gap',
    at: 'offering/voice-basic@1 /body/withoutTerm',
    values: { other: 'voice-free', gap: '1500', limit: '170' },
  },
  {
    rule: 'R3: the gap is 170, not 171',
    lawful: ({ freePlan }) => (untyped(freePlan.body.charges[1])['price'] = '3000'),
    beyond: ({ freePlan }) => (untyped(freePlan.body.charges[1])['price'] = '3171'),
    code: 'law-price-gap',
    at: 'offering/voice-basic@1 /body/withoutTerm',
    values: { other: 'voice-free', gap: '171', limit: '170' },
  },
  {
    rule: 'R3: a term of a year needs nothing beside it, one of thirteen months the same without a term',
    lawful: ({ offering: own, term }) => {
      delete own.body.withoutTerm;
      Object.assign(term.body, { months: 12, renewal: 'none' });
    },
    beyond: ({ offering: own, term }) => {
      delete own.body.withoutTerm;
      Object.assign(term.body, { months: 13, renewal: 'none' });
    },
    code: 'law-no-offering-without-term',
    at: 'offering/voice-basic@1 /body/term',
    values: { months: '13', limit: '12' },
  },
  {
    rule: 'R3: a term of a year that renews needs the same without a term',
    lawful: ({ term }) => (term.body.months = 12),
    beyond: ({ offering: own, term }) => {
      delete own.body.withoutTerm;
      term.body.months = 12;
    },
    code: 'law-no-offering-without-term',
    at: 'offering/voice-basic@1 /body/term',
    values: { months: '12', limit: '12' },
  },
  {
    rule: 'R4: a year of the tenure discount is one month’s charge at most; of AX-02 5 % passes and 10 % fails',
    lawful: ({ tenureDiscount }) => (tenureDiscount.body.steps[0]!.effect = { op: 'percentOff', percent: '5' }),
    beyond: ({ tenureDiscount }) => (tenureDiscount.body.steps[0]!.effect = { op: 'percentOff', percent: '10' }),
    code: 'law-tenure-benefit',
    at: 'tenureDiscount/loyalty@1 /body/steps/0/effect',
    values: { offering, yearly: '3600', limit: '3000' },
  },
  {
    rule: 'R4: 250 a month off 3,000 is a month’s charge a year, 251 is more',
    lawful: ({ tenureDiscount }) => (tenureDiscount.body.steps[0]!.effect = { op: 'amountOff', amount: '250' }),
    beyond: ({ tenureDiscount }) => (tenureDiscount.body.steps[0]!.effect = { op: 'amountOff', amount: '251' }),
    code: 'law-tenure-benefit',
    at: 'tenureDiscount/loyalty@1 /body/steps/0/effect',
    values: { offering, yearly: '3012', limit: '3000' },
  },
  {
    rule: 'R5: half of AX-03’s 4,200 for six months, 12,600, is a lawful trial; for seven months it is not',
    lawful: (set) => {
      recurring(set).price = '4200';
      offSignUp('50', 6)(set);
    },
    beyond: (set) => {
      recurring(set).price = '4200';
      offSignUp('50', 7)(set);
    },
    code: 'law-sign-up-too-long',
    at: 'campaign/half-price@1 /body/duration/months',
    values: { months: '7', limit: '6' },
  },
  {
    rule: 'R5: a discount for signing up that never ends is none of six months',
    lawful: offSignUp('1', 6),
    beyond: offSignUp('1', null),
    code: 'law-sign-up-too-long',
    at: 'campaign/half-price@1 /body/duration/months',
    values: { months: 'none', limit: '6' },
  },
  {
    rule: 'R5: 20,000 may be taken off for signing up, 20,001 may not',
    lawful: (set) => {
      recurring(set).price = '6000';
      untyped(set.freePlan.body.charges[1])['price'] = '6000';
      set.campaign.body.discounts[0]!.effect = { op: 'amountOff', amount: '5000' };
      set.campaign.body.duration.months = 4;
      set.campaign.body.discounts[0]!.target = { charges: ['base'], offerings: ['voice-basic'] };
    },
    beyond: (set) => {
      recurring(set).price = '20001';
      untyped(set.freePlan.body.charges[1])['price'] = '20001';
      set.campaign.body.discounts[0]!.effect = { op: 'free' };
      set.campaign.body.duration.months = 1;
    },
    code: 'law-sign-up-too-much',
    at: 'campaign/half-price@1 /body/discounts',
    values: { offering, total: '20001', limit: '20000' },
  },
  {
    rule: 'R4: a fee counts once a year: 3,000 of it beside nothing else is a month’s charge, with a monthly yen it is more',
    lawful: (set) => withFee(set, '3000', { op: 'free' }, ['renewal']),
    beyond: (set) => withFee(set, '3001', { op: 'free' }, ['renewal']),
    code: 'law-tenure-benefit',
    at: 'tenureDiscount/loyalty@1 /body/steps/0/effect',
    values: { offering, yearly: '3001', limit: '3000' },
  },
  {
    rule: 'R4: what falls due every six months counts twice a year: 2 × 1,500 is 3,000, 2 × 1,501 is more',
    lawful: (set) => withFee(set, '1500', { op: 'free' }, ['renewal'], 6),
    beyond: (set) => withFee(set, '1501', { op: 'free' }, ['renewal'], 6),
    code: 'law-tenure-benefit',
    at: 'tenureDiscount/loyalty@1 /body/steps/0/effect',
    values: { offering, yearly: '3002', limit: '3000' },
  },
  {
    rule: 'R5: a fee forgone for signing up counts: 20,000 is lawful, 20,001 is not',
    lawful: (set) => forgone(set, '20000'),
    beyond: (set) => forgone(set, '20001'),
    code: 'law-sign-up-too-much',
    at: 'campaign/half-price@1 /body/discounts',
    values: { offering, total: '20001', limit: '20000' },
  },
  {
    rule: 'R5: a discount for signing up is granted, once a person',
    lawful: ({ campaign }) => (campaign.body.grant = 'required'),
    beyond: ({ campaign }) => {
      delete campaign.body.grant;
      delete campaign.body.limits;
    },
    code: 'law-sign-up-not-a-trial',
    at: 'campaign/half-price@1 /body/grant',
    values: {},
  },
  ...(
    [
      ['40000', '20000', '20001', '20000'],
      ['39999', '20000', '20001', '20000'],
      ['60000', '30000', '30001', '30000'],
      ['80000', '40000', '40001', '40000'],
      ['120000', '40000', '40001', '40000'],
    ] as const
  ).map(([price, lawful, beyond, limit]) => ({
    rule: `R6: ${limit} may be taken off a device of ${price} that goes with a line`,
    lawful: handset(price, lawful),
    beyond: handset(price, beyond),
    code: 'law-device-discount' as const,
    at: 'campaign/handset-deal@1 /body/discounts',
    values: { offering: 'phone', total: beyond, limit, price },
  })),
  {
    rule: 'R7: leaving costs one month’s charge at most; AX-01a (b) passes and (a) fails',
    lawful: leaving({ model: 'oneMonthsCharge', charges: ['base'] }),
    beyond: leaving({ model: 'fixed', amount: '9500' }),
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '9500', limit: '3000' },
  },
  {
    rule: 'R7: it is 3,000 of 3,000, not 3,001',
    lawful: leaving({ model: 'fixed', amount: '3000' }),
    beyond: leaving({ model: 'fixed', amount: '3001' }),
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '3001', limit: '3000' },
  },
  {
    rule: 'R7: repaying a discount counts with its last month: 24 × 125 is 3,000, 24 × 126 is more (AX-01a d fails)',
    lawful: leaving({ model: 'repayDiscount', monthlyDiscount: '125' }),
    beyond: leaving({ model: 'repayDiscount', monthlyDiscount: '126' }),
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '3024', limit: '3000' },
  },
  {
    rule: 'R7: so much for each month left counts with all of them, up to its cap',
    lawful: leaving({ model: 'perRemainingMonth', amount: '126' }, '3000'),
    beyond: leaving({ model: 'perRemainingMonth', amount: '126' }),
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '3024', limit: '3000' },
  },
  {
    rule: 'R7: of a table the highest row counts',
    lawful: leaving({ model: 'table', rows: [{ beforeMonth: null, amount: '3000' }] }),
    beyond: leaving({
      model: 'table',
      rows: [
        { beforeMonth: 12, amount: '3001' },
        { beforeMonth: null, amount: '1000' },
      ],
    }),
    code: 'law-penalty-too-high',
    at: 'penalty/one-month@1 /body/fee',
    values: { offering, amount: '3001', limit: '3000' },
  },
  {
    rule: 'R7: what is left of the construction falls to zero within the term (AX-14)',
    lawful: leaving({ model: 'remainder', total: '24000', parts: 24 }),
    beyond: leaving({ model: 'remainder', total: '24000', parts: 25 }),
    code: 'law-remainder-too-slow',
    at: 'penalty/one-month@1 /body/fee/parts',
    values: { parts: '25', months: '24' },
  },
  {
    rule: 'R8: who withdraws owes no penalty',
    lawful: ({ penalty }) =>
      (penalty.body.waivedWhen = { all: [{ fact: 'product.endReason', operator: 'in', value: ['withdrawal'] }] }),
    beyond: ({ penalty }) =>
      (penalty.body.waivedWhen = { all: [{ fact: 'product.endReason', operator: 'in', value: ['death'] }] }),
    code: 'law-withdrawal-penalty',
    at: 'penalty/one-month@1 /body/waivedWhen',
    values: { offering, reason: 'withdrawal' },
  },
  {
    rule: 'R8: a waiver that also asks for something else is none',
    lawful: ({ penalty }) => delete penalty.body.cap && (penalty.body.cap = '1000'),
    beyond: ({ penalty }) =>
      (penalty.body.waivedWhen = {
        all: [
          { fact: 'product.endReason', operator: 'equal', value: 'withdrawal' },
          { fact: 'product.tenureMonths', operator: 'decimalLessThan', value: '1' },
        ],
      }),
    code: 'law-withdrawal-penalty',
    at: 'penalty/one-month@1 /body/waivedWhen',
    values: { offering, reason: 'withdrawal' },
  },
  {
    rule: 'R8: a waiver holds on each of the eight days, and where the day of receipt is not on record',
    lawful: withinDays('9', true),
    beyond: withinDays('8', true),
    code: 'law-withdrawal-penalty',
    at: 'penalty/one-month@1 /body/waivedWhen',
    values: { offering, reason: 'withdrawal' },
  },
  {
    rule: 'R8: a waiver that needs the day of receipt is none where it is not on record',
    lawful: withinDays('9', true),
    beyond: withinDays('9', false),
    code: 'law-withdrawal-penalty',
    at: 'penalty/one-month@1 /body/waivedWhen',
    values: { offering, reason: 'withdrawal' },
  },
  {
    rule: 'R8: no more than what is laid down may be asked for setting up',
    lawful: (set) => (taxIncluded(set)['price'] = '3300'),
    beyond: (set) => (taxIncluded(set)['price'] = '3301'),
    code: 'law-withdrawal-charge',
    at: 'ratePlan/voice@1 /body/charges/0/price',
    values: { charge: 'setup', price: '3301', limit: '3300' },
  },
  {
    rule: 'R8: what is laid down is without tax: 3,630 with 10 % is 3,300',
    lawful: (set) => Object.assign(taxIncluded(set), { price: '3630', taxIncluded: true }),
    beyond: (set) => Object.assign(taxIncluded(set), { price: '3641', taxIncluded: true }),
    code: 'law-withdrawal-charge',
    at: 'ratePlan/voice@1 /body/charges/0/price',
    values: { charge: 'setup', price: '3310', limit: '3300' },
  },
  {
    rule: 'R9: late interest is 14.6 % a year at most',
    lawful: ({ billingCycle }) => (billingCycle.body.lateInterest!.annualPercent = '14.6'),
    beyond: ({ billingCycle }) => (billingCycle.body.lateInterest!.annualPercent = '14.61'),
    code: 'law-late-charge',
    at: 'billingCycle/month-end@1 /body/lateInterest/annualPercent',
    values: { percent: '14.61', limit: '14.6' },
  },
];
