/** A file is cut into lines on its bytes, and a line that is broken spoils no other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_LINE_BYTES, splitLines, type Line } from '#runtime/usage/split-lines.ts';

const commas = { encoding: 'utf-8', delimiter: ',' } as const;

async function linesOf(
  content: Uint8Array | string,
  layout: Parameters<typeof splitLines>[1] = commas,
  pieceBytes = 7,
): Promise<Line[]> {
  const bytes = Buffer.from(content as string);
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
  return (await Array.fromAsync(splitLines(pieces(), layout))).flat();
}

const told = (lines: readonly Line[]) =>
  lines.map(({ number, bytes, problem }) => [number, Buffer.from(bytes).toString('latin1'), problem]);

describe('lines', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        [1, 'a,b'],
        [2, '1,2'],
      ],
      'a line ends with a line feed',
    ],
    [
      'a,b\r\n1,2\r\n',
      [
        [1, 'a,b'],
        [2, '1,2'],
      ],
      'or with CR and LF',
    ],
    [
      'a,b\n1,2',
      [
        [1, 'a,b'],
        [2, '1,2'],
      ],
      'the last one need not end',
    ],
    [
      'a,b\n\n\r\n1,2\n',
      [
        [1, 'a,b'],
        [4, '1,2'],
      ],
      'empty lines are left out, but counted',
    ],
    [
      'a,b\n1,"x\ny"\n2,z\n',
      [
        [1, 'a,b'],
        [2, '1,"x\ny"'],
        [4, '2,z'],
      ],
      'a quoted field may contain a line break',
    ],
    [
      'a,b\n1,"say ""x\n"""\n2,z\n',
      [
        [1, 'a,b'],
        [2, '1,"say ""x\n"""'],
        [4, '2,z'],
      ],
      'two quotes stand for one',
    ],
    [
      'a,b\n1,5" pipe\n2,z\n',
      [
        [1, 'a,b'],
        [2, '1,5" pipe'],
        [3, '2,z'],
      ],
      'a quote opens only where a field begins',
    ],
  ])('%j', async (content, expected) => {
    expect(told(await linesOf(content))).toEqual(expected.map(([number, text]) => [number, text, undefined]));
  });

  it('a quote that is never closed spoils its own line only', async () => {
    expect(told(await linesOf('a,b\n1,"x\n2,y\n3,z\n'))).toEqual([
      [1, 'a,b', undefined],
      [2, '1,"x', 'unclosed-quote'],
      [3, '2,y', undefined],
      [4, '3,z', undefined],
    ]);
  });

  it('a quote left open is given up after the longest line that there is', async () => {
    const filler = 'x'.repeat(1000);
    const lines = await linesOf(`a\n"open\n${`${filler}\n`.repeat(200)}`, commas, 4096);
    expect(lines[1]).toMatchObject({ number: 2, problem: 'unclosed-quote' });
    expect(lines).toHaveLength(202);
    expect(lines.at(-1)!.number).toBe(202);
  });

  it.each([100, 70_000, 1_000_000])(
    'a line that is too long is refused, its beginning kept (pieces of %i bytes)',
    async (pieceBytes) => {
      const lines = await linesOf(`a\n${'x'.repeat(300_000)}\nb\n`, commas, pieceBytes);
      expect(lines.map(({ number, bytes, problem }) => [number, bytes.length, problem])).toEqual([
        [1, 1, undefined],
        [2, LONGEST_LINE_BYTES, 'line-too-long'],
        [3, 1, undefined],
      ]);
    },
  );

  it('in Shift_JIS the second byte of a character is no delimiter', async () => {
    // ポ is 83 7C, and 7C is the vertical bar. The quote after it stands inside the field.
    const bytes = Buffer.from([0x61, 0x7c, 0x83, 0x7c, 0x22, 0x78, 0x0a, 0x62, 0x7c, 0x63, 0x0a]);
    const lines = await linesOf(bytes, { encoding: 'shift_jis', delimiter: '|' });
    expect(lines.map(({ bytes: { length }, problem }) => [length, problem])).toEqual([
      [6, undefined],
      [3, undefined],
    ]);
  });
});

it('however a file arrives in pieces, its lines are the same', async () => {
  const field = fc.oneof(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', 'あ') }), fc.constant('x'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(field, { maxLength: 20 }),
      fc.integer({ min: 1, max: 40 }),
      async (fields, pieceBytes) => {
        const content = fields.join('');
        expect(told(await linesOf(content, commas, pieceBytes))).toEqual(
          told(await linesOf(content, commas, 1_000_000)),
        );
      },
    ),
  );
});
