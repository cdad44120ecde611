/** The steps of a change as a test takes them, for one operator (変更フローの手順). */
import type { Actor } from '#runtime/access/actor.ts';
import type { App } from '#runtime/app.ts';
import { approveDraft } from '#runtime/services/approve-draft.ts';
import { publishDraft } from '#runtime/services/publish-draft.ts';
import { showDraft } from '#runtime/services/show-draft.ts';
import { showRuleset } from '#runtime/services/show-ruleset.ts';
import { submitDraft } from '#runtime/services/submit-draft.ts';
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import type { People } from '../../support/people.ts';
import { draftAt, named } from './plan-in-draft.ts';

export type Drafted = { readonly draftId: string; readonly revision: number };
type Named = { readonly draftId: string };

export function changeSteps(app: App, people: People) {
  const author = people.productManager;
  const shown = ({ draftId }: Named) => showDraft(app, people.auditor, { draftId });
  const submit = ({ draftId, revision }: Drafted) =>
    submitDraft(app, author, { draftId, revision, comment: 'Please look.' });
  const approve = async ({ draftId }: Named, by: Actor = people.approver) => {
    const { hash } = await shown({ draftId });
    return approveDraft(app, by, { draftId, hash: hash! });
  };
  return {
    ...{ shown, submit, approve },
    publish: ({ draftId }: Named, on?: string) =>
      publishDraft(app, people.approver, { draftId, ...(on === undefined ? {} : { on }) }),
    /** A change of the price that is written, submitted and approved. */
    async approved(price: string, from?: string): Promise<Drafted> {
      const draft = await draftAt(app, author, price, from);
      for (const result of [await submit(draft), await approve(draft)])
        if ('obstacles' in result) throw new Error(JSON.stringify(result.obstacles));
      return draft;
    },
    /** The price of a version of the plan, by default the latest. */
    async priceOf(version?: number): Promise<string> {
      const asked = { ...named, ...(version === undefined ? {} : { version }) };
      const { document } = await showRuleset(app, people.auditor, asked);
      return ((document as RatePlanRuleset).body.charges[0] as { price: string }).price;
    },
  };
}

/** What stood in the way, by name. */
export const reasonsOf = (result: object): string[] =>
  'obstacles' in result ? (result.obstacles as { reason: string }[]).map(({ reason }) => reason) : [];
