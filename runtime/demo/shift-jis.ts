/**
 * How is a text written in Shift_JIS? Node only reads the encoding, so its own reading is turned round.
 * Also called: SJIS, CP932, Windows-31J, 文字コード変換.
 */

const codes: ReadonlyMap<string, Buffer> = readingTurnedRound();

/** The bytes of `text`; throws when it has a character that the encoding lacks. */
export function toShiftJis(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (character) => {
      const bytes = codes.get(character);
      if (bytes === undefined) throw new RangeError(`'${character}' cannot be written in Shift_JIS`);
      return bytes;
    }),
  );
}

function readingTurnedRound(): Map<string, Buffer> {
  const decoder = new TextDecoder('shift_jis');
  const found = new Map<string, Buffer>();
  const note = (bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if ([...text].length === 1 && text !== '\ufffd' && !found.has(text)) found.set(text, Buffer.from(bytes));
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
