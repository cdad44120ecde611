/**
 * How is a text written in Shift_JIS? Node only reads the encoding, so its own reading is turned round.
 * Also called: SJIS, CP932, Windows-31J, 文字コード変換.
 */

/** The bytes of each character, two of them as one number above 255; worked out when first asked for. */
let codes: ReadonlyMap<string, number> | undefined;

/** The bytes of `text`; throws when it has a character that the encoding lacks. */
export function toShiftJis(text: string): Buffer {
  codes ??= readingTurnedRound();
  const bytes = Buffer.allocUnsafe(text.length * 2);
  let length = 0;
  for (const character of text) {
    const code = codes.get(character);
    if (code === undefined) throw new RangeError(`'${character}' cannot be written in Shift_JIS`);
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return bytes.subarray(0, length);
}

function readingTurnedRound(): Map<string, number> {
  const decoder = new TextDecoder('shift_jis');
  const found = new Map<string, number>();
  const note = (bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    const code = bytes.reduce((number, byte) => number * 256 + byte, 0);
    if ([...text].length === 1 && text !== '\ufffd' && !found.has(text)) found.set(text, code);
  };
  for (let single = 0; single < 0xe0; single += 1) note([single]);
  for (const [from, to] of [
    [0x81, 0x9f],
    [0xe0, 0xfc],
  ] as const) {
    for (let lead = from; lead <= to; lead += 1) for (let trail = 0x40; trail <= 0xfc; trail += 1) note([lead, trail]);
  }
  return found;
}
