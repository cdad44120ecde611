/**
 * Is this text a quantity, and how is it written down?
 * Also called: usage amount, duration, volume, 数量, 利用量, 全角数字.
 */

const digits = /^0*([0-9]{1,18})(?:\.([0-9]{1,12}))?$/;

/**
 * The quantity as canonical decimal text: '000065' is '65', '1.50' is '1.5'. Undefined for everything else:
 * signs, exponents, thousands separators, full-width digits, more than 18 digits before or 12 after the point.
 */
export function parseQuantity(text: string): string | undefined {
  const found = digits.exec(text);
  if (found === null) return undefined;
  const fraction = found[2]?.replace(/0+$/, '') ?? '';
  return fraction === '' ? found[1]! : `${found[1]}.${fraction}`;
}
