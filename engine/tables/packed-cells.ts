/**
 * How are all cells of a row compared at once? The numbers of the texts that they name stand side by side in words of 32 bits,
 * as those of the values asked for do: one comparison a word says whether any differs. Also called: bit packing, ビット詰め.
 */

/** The numbers of a row's texts by word, and the bits in which they stand; what a row leaves open has no bits. */
export interface PackedCells {
  readonly words: readonly number[];
  readonly masks: readonly number[];
}

const WORD_BITS = 32;

export class Packing {
  /** How many words a row takes. */
  readonly words: number;
  /** Of each column the word in which it stands, by how much it is shifted there, and as many bits as its numbers need. */
  readonly #word: Int32Array;
  readonly #shift: Int32Array;
  /** All of them together are no number of a text. */
  readonly #bits: Int32Array;

  /** For columns that name so many texts each, numbered from 0. */
  constructor(sizes: readonly number[]) {
    this.#word = new Int32Array(sizes.length);
    this.#shift = new Int32Array(sizes.length);
    this.#bits = new Int32Array(sizes.length);
    let word = 0;
    let shift = 0;
    sizes.forEach((size, column) => {
      const width = WORD_BITS - Math.clz32(size);
      if (shift + width > WORD_BITS) [word, shift] = [word + 1, 0];
      this.#word[column] = word;
      this.#shift[column] = shift;
      this.#bits[column] = 2 ** width - 1;
      shift += width;
    });
    this.words = word + 1;
  }

  /** Packs the numbers of the texts that a row names, column by column; undefined where it names none. */
  cellsOf(codes: readonly (number | undefined)[]): PackedCells {
    const words = Array.from({ length: this.words }, () => 0);
    const masks = words.slice();
    codes.forEach((code, column) => {
      if (code === undefined) return;
      const word = this.#word[column]!;
      words[word]! |= code << this.#shift[column]!;
      masks[word]! |= this.#bits[column]! << this.#shift[column]!;
    });
    return { words, masks };
  }

  /** Adds the value of a column, by the number of its text, to what is asked for; -1 for a value that no cell names. */
  ask(asked: Int32Array, column: number, code: number): void {
    asked[this.#word[column]!]! |= (code & this.#bits[column]!) << this.#shift[column]!;
  }
}
