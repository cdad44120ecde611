/**
 * Is a ruleset within the limits of every compliance profile beside it?
 * Also called: regulation lint, legal check, 法令チェック、電気通信事業法、消費者契約法.
 */
import type { ComplianceRule, Ruleset } from '#schemas/generated/types.ts';
import type { Check } from '#engine/rulesets/known.ts';
import { lookAtDeviceDiscount } from './device-limit.ts';
import { lookAtSignUpDiscount, lookAtTenureBenefit } from './discount-limits.ts';
import { lookAtExitCharge, lookAtPenalty } from './exit-limits.ts';
import { lookAtLateCharge } from './late-charge-limit.ts';
import { lookAtPriceGap } from './price-gap-limit.ts';
import { lookAtTerm } from './term-limit.ts';
import type { Look } from './watched.ts';
import { lookAtWithdrawal } from './withdrawal-limits.ts';

type Looks = {
  readonly [R in ComplianceRule['rule']]: (ruleset: Ruleset, look: Look<Extract<ComplianceRule, { rule: R }>>) => void;
};

const looks: Looks = {
  term: lookAtTerm,
  penalty: lookAtPenalty,
  priceGap: lookAtPriceGap,
  tenureBenefit: lookAtTenureBenefit,
  signUpDiscount: lookAtSignUpDiscount,
  deviceDiscount: lookAtDeviceDiscount,
  exitCharge: lookAtExitCharge,
  withdrawal: lookAtWithdrawal,
  lateCharge: lookAtLateCharge,
};

export const checkCompliance: Check = (ruleset, known, report) => {
  for (const profile of known.ofKind('complianceProfile')) {
    for (const rule of profile.body.rules) {
      const look = looks[rule.rule] as (ruleset: Ruleset, look: Look) => void;
      const provision = { lawJa: rule.law.ja, lawEn: rule.law.en, since: rule.from, lawSource: rule.source };
      look(ruleset, {
        rule,
        profile,
        known,
        report: (code, path, values, severity = rule.severity) =>
          report(code, path, { ...values, ...provision }, severity),
      });
    }
  }
};
