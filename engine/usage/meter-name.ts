/**
 * What does the name of a meter say? What is used, then its unit: `voice.seconds`, `data.kilobytes`, `message.count`.
 * Also called: unit of measure, メーター名、計測単位.
 */

/** `seconds` of `voice.seconds`. */
export const unitOf = (meter: string): string => meter.slice(meter.lastIndexOf('.') + 1);

/** `voice.` of `voice.seconds`; nothing where there is only a unit. */
export const subjectOf = (meter: string): string => meter.slice(0, meter.lastIndexOf('.') + 1);

/** What a quantity is a number of: `seconds` of `voice.seconds`, `packets` of `packets.count`. */
export const countedIn = (meter: string): string => meter.split('.').findLast((word) => word !== 'count') ?? '';
