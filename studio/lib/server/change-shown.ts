/**
 * What of a draft does its review page show, to the person who looks?
 * Also called: review view model, レビュー画面の内容.
 */
import type { DraftShown } from '#runtime/services/show-draft.ts';
import { mayDo } from '#runtime/access/permissions.ts';
import type { Actor } from '#runtime/access/actor.ts';
import type { ChangeShown } from '#lib/changes/change-shown.ts';
import type { Localized, Ruleset } from '#schemas/generated/types.ts';

export function changeShown(draft: DraftShown, actor: Actor): ChangeShown {
  const { text, cases: _, hands, failure, submitted: __, baseVersion, ...rest } = draft;
  const written = readableParts(text);
  return {
    ...rest,
    baseVersion,
    version: draft.published?.version ?? (baseVersion ?? 0) + 1,
    reason: written.reason ?? '',
    effectiveFrom: written.effective?.from ?? null,
    keepsVersions: baseVersion !== null && (written.existing?.mode ?? 'grandfather') === 'grandfather',
    hasFailed: failure !== null,
    isOwn: hands.some(({ id }) => id === actor.personId),
    reviews: mayDo(actor, 'ruleset.approve'),
  };
}

/** The name that the draft gives its ruleset, in both languages; undefined while it gives none. */
export function nameWritten({ text }: Pick<DraftShown, 'text'>): Localized | undefined {
  const { name } = readableParts(text);
  return name !== undefined && name.ja !== '' && name.en !== '' ? name : undefined;
}

/** A draft may be no JSON yet; then nothing of it is known. */
export function readableParts(text: string): Partial<Ruleset> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? found : {};
  } catch {
    return {};
  }
}
