/** Adds a case to the draft, or takes one out. */
import { saveCase, type CaseToSave } from '#runtime/services/save-case.ts';
import { answered, sent } from '#lib/server/draft-answers.ts';
import { entered } from '#lib/server/session.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
  const { app, actor } = entered(event);
  const { draftId, revision, caseId, text, takeBack } = await sent<CaseToSave>(event);
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
