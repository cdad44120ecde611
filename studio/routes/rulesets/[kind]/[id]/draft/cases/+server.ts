/** Adds a case to the draft, or takes one out. */
import { saveCase, type CaseToSave } from '#runtime/services/save-case.ts';
import { answered } from '#lib/server/draft-answers.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { draftId, revision, caseId, text, takeBack } = (await event.request.json()) as CaseToSave;
  return answered(event, () =>
    saveCase(app, actor, {
      draftId,
      revision: Number(revision),
      text: text === null ? null : String(text),
      takeBack: takeBack === true,
      ...(caseId === undefined ? {} : { caseId }),
    }),
  );
};
