/**
 * How is a discount's effect said? 「50% 引き」「500 円引き」「特別価格 980 円」「無料」
 * Also called: discount in words, 割引の読み方.
 */
import type { Effect } from '#schemas/generated/types.ts';
import { said, saidMoney, type Naming, type SaidValue } from './said.ts';

/** 「50% 引き」, or none. */
export function saidEffect(effect: Effect | undefined, naming: Naming): SaidValue {
  if (effect === undefined) return said('said.noDiscount');
  switch (effect.op) {
    case 'percentOff':
      return said('screen.shape.PercentOff', { percent: effect.percent });
    case 'amountOff':
      return said('said.amountOff', {
        amount: saidMoney(effect.amount, naming),
        prorated: String(effect.prorated ?? false),
        spread: effect.spread ?? 'inOrder',
      });
    case 'fixedPrice':
      return said('said.fixedPrice', { price: saidMoney(effect.price, naming) });
    case 'free':
      return said('screen.shape.Free');
  }
}
