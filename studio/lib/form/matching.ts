/**
 * Which candidates does somebody mean who has typed this much?
 * Also called: filter, autocomplete, 候補の絞り込み.
 */
import type { Candidate } from './references.ts';

const mostShown = 60;

/** Those whose id or name in either language has every word, the ones that begin with the text first. */
export function matching<Each extends Candidate>(candidates: readonly Each[], typed: string): Each[] {
  const sought = plain(typed);
  const words = sought.split(' ').filter((word) => word !== '');
  const textOf = ({ id, name, where }: Candidate): string =>
    plain([id, name?.ja, name?.en, where?.ja, where?.en].filter(Boolean).join(' '));
  const found = candidates.filter((each) => words.every((word) => textOf(each).includes(word)));
  const begins = (each: Candidate): boolean =>
    [each.id, each.name?.ja ?? ''].some((text) => plain(text).startsWith(sought));
  return [...found.filter(begins), ...found.filter((each) => !begins(each))].slice(0, mostShown);
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().trim();
