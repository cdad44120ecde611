/**
 * Which codes of a campaign were made or imported, and how many are used? Also called: クーポンコードの一覧.
 */
import { grantsOfCampaign, type CouponBatch } from '#runtime/services/grants-of-campaign.ts';
import { asTokenHolder } from '../acting-person.ts';
import { word, type Command } from '../command.ts';
import { table } from '../table.ts';

export const command: Command = {
  run(call) {
    const campaign = word(call, 0, 'CAMPAIGN');
    const { say } = call;
    return asTokenHolder(call, async (app, actor) => {
      const batches = (await grantsOfCampaign(app, actor, { campaign }))?.batches ?? [];
      const origins = { made: say.render('cli.coupon-list.made'), imported: say.render('cli.coupon-list.imported') };
      const columns = [
        { heading: say.render('cli.coupon-list.at'), of: (row: CouponBatch) => row.madeAt },
        { heading: say.render('cli.coupon-list.by'), of: (row: CouponBatch) => row.madeBy },
        { heading: say.render('cli.coupon-list.origin'), of: (row: CouponBatch) => origins[row.origin] },
        { heading: say.render('cli.coupon-list.codes'), of: (row: CouponBatch) => String(row.codes), figures: true },
        { heading: say.render('cli.coupon-list.used'), of: (row: CouponBatch) => String(row.used), figures: true },
        { heading: say.render('cli.coupon-list.note'), of: (row: CouponBatch) => row.note ?? '' },
      ];
      const text = batches.length === 0 ? say.render('cli.coupon-list.none') : table(columns, batches);
      return { json: { batches }, text };
    });
  },
};
