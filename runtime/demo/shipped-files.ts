/** Where do the shipped rulesets lie? */
import { fileURLToPath } from 'node:url';

/** The folder of an operator in rulesets/. */
export const rulesetFolder = (operator: string): string =>
  fileURLToPath(new URL(`../../rulesets/${operator}`, import.meta.url));
