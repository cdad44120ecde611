/**
 * What does a page get to know of a ruleset that is read out?
 * Also called: view model, 文章表示.
 */
export interface SectionShown {
  readonly at: string;
  readonly heading: string | null;
  readonly sentences: readonly string[];
}
