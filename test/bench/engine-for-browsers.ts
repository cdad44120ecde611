/** What of the engine does a browser need to preview bills? */
export { bill } from '#engine/billing/bill.ts';
export { prepareRelease } from '#engine/rulesets/release.ts';
