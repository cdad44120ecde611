/**
 * Which commands are there? Each is loaded only when it is called, so that `price` starts no database. Also called: コマンド一覧.
 */
import type { Command } from '../command.ts';

export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  price: () => import('./price.ts'),
  'ruleset check': () => import('./ruleset-check.ts'),
};
