/** Keeps the text of the draft as typed. */
import { saveDraft, type DraftToSave } from '#runtime/services/save-draft.ts';
import { answered, sent } from '#lib/server/draft-answers.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { draftId, revision, text, takeBack } = await sent<DraftToSave>(event);
  return answered(event, () =>
    saveDraft(app, actor, { draftId, revision: Number(revision), text: String(text), takeBack: takeBack === true }),
  );
};
