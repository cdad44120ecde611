/**
 * Which rate plan lies in the file that a command names? Also called: 料金プランのファイル.
 */
import { formErrors } from '#engine/rulesets/check.ts';
import { parseRuleset } from '#engine/rulesets/parse.ts';
import { readRulesetFiles } from '#runtime/catalogue/ruleset-files.ts';
import type { RatePlanRuleset } from '#schemas/generated/types.ts';
import { WrongCall } from './command.ts';

/** The plan; a file that holds no sound one is a wrong call. */
export function ratePlanAt(file: string): RatePlanRuleset {
  const [found] = readRulesetFiles(file);
  const parsed = found === undefined ? undefined : parseRuleset(found.text);
  const document = parsed !== undefined && 'document' in parsed ? parsed.document : undefined;
  if (document === undefined || formErrors('Ruleset', document).length > 0)
    throw new WrongCall('not-a-rate-plan', { file });
  const ruleset = document as RatePlanRuleset;
  if (ruleset.kind !== 'ratePlan') throw new WrongCall('not-a-rate-plan', { file });
  return ruleset;
}
