/**
 * How is a number drawn to be scanned? Also called: barcode, Code 128, バーコード. With bwip-js, as SVG.
 */
import bwipjs from 'bwip-js/node';

/** A Code 128 of the text, which must be printable ASCII; other text gives an empty picture rather than a wrong code. */
export function barcodeSvg(text: string): string {
  if (!/^[\x20-\x7e]+$/.test(text)) return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>';
  return bwipjs.toSVG({ bcid: 'code128', text, height: 12, includetext: false });
}
