/**
 * Which child of a node is meant by a code, where a column names too many texts for a bit each?
 * Also called: open addressing, ハッシュ表.
 */

/** That a node has a child for a code. */
export interface Link {
  readonly node: number;
  readonly code: number;
  readonly child: number;
}

const NONE = -1;

/** The children of all nodes in one table of hashes with open places. */
export class Children {
  readonly #mask: number;
  /** Three numbers a place: the node, the code, the child. */
  readonly #places: Int32Array;

  constructor(links: readonly Link[]) {
    let places = 8;
    while (places < links.length * 2) places *= 2;
    this.#mask = places - 1;
    this.#places = new Int32Array(places * 3).fill(NONE);
    for (const { node, code, child } of links) {
      let at = this.#placeOf(node, code);
      while (this.#places[at * 3] !== NONE) at = (at + 1) & this.#mask;
      this.#places.set([node, code, child], at * 3);
    }
  }

  get(node: number, code: number): number {
    const places = this.#places;
    for (let at = this.#placeOf(node, code); ; at = (at + 1) & this.#mask) {
      const of = places[at * 3]!;
      if (of === NONE) return NONE;
      if (of === node && places[at * 3 + 1] === code) return places[at * 3 + 2]!;
    }
  }

  #placeOf(node: number, code: number): number {
    const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }
}
