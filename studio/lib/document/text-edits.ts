/**
 * What changes in a text, and how is the change taken back?
 * Also called: patch, delta, 差分, 取り消し.
 */

export interface TextEdit {
  readonly at: number;
  /** How many characters go. */
  readonly remove: number;
  readonly insert: string;
}

/** Edits of one and the same text, in the order of their places; none reaches into another. */
export type Step = readonly TextEdit[];

export function inOrder(edits: Step): Step {
  return edits.toSorted((a, b) => a.at - b.at);
}

export function applied(text: string, step: Step): string {
  let result = '';
  let at = 0;
  for (const edit of step) {
    result += text.slice(at, edit.at) + edit.insert;
    at = edit.at + edit.remove;
  }
  return result + text.slice(at);
}

/** The step that leads from the changed text back to `text`. */
export function inverse(text: string, step: Step): Step {
  let moved = 0;
  return step.map(({ at, remove, insert }) => {
    const back = { at: at + moved, remove: insert.length, insert: text.slice(at, at + remove) };
    moved += insert.length - remove;
    return back;
  });
}

/** The one edit between two texts: what they begin and end with alike stays. */
export function between(before: string, after: string): Step {
  if (before === after) return [];
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same += 1;
  return [{ at: start, remove: before.length - start - same, insert: after.slice(start, after.length - same) }];
}
