/**
 * What does a page get to know of what a change means?
 * Also called: view model, 変更の意味の表示内容.
 */
import type { About, Direction } from '#engine/diff/meaning/finding.ts';

export interface FindingShown {
  readonly about: About;
  readonly direction: Direction | null;
  readonly text: string;
  /** Who comes in, and who goes out. */
  readonly examples: readonly string[];
}
