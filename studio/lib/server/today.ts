/**
 * Which day is it where the operator is?
 * Also called: business date, 今日, 営業日.
 */
export const zoneBeforeSetUp = 'Asia/Tokyo';

/** The operator's civil day at this moment. */
export function todayOf({ kanade, tenant }: Pick<App.Locals, 'kanade' | 'tenant'>): string {
  return kanade.clock.today(tenant?.zone ?? zoneBeforeSetUp);
}
