/**
 * Whom does a change wait for, and why may the person who looks not take its next step?
 * Also called: next action, separation of duties, 承認待ち, 職務分掌.
 */
import type { ChangeKey } from './change-words.ts';
import type { ChangeShown } from './change-shown.ts';

/** The code of the sentence. */
export function waitingFor({ state, may, isOwn, reviews }: ChangeShown): ChangeKey {
  switch (state) {
    case 'draft':
    case 'sentBack':
      return may.submit ? 'now.submit' : 'now.authorSubmits';
    case 'inReview':
      if (may.approve) return 'now.approve';
      return reviews && isOwn ? 'now.ownChange' : 'now.approverJudges';
    case 'approved':
      return may.publish ? 'now.publish' : 'now.approverPublishes';
    case 'scheduled':
      return 'now.scheduled';
    case 'published':
      return 'now.published';
    case 'withdrawn':
      return 'now.withdrawn';
  }
}
