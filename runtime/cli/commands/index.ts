/**
 * Which commands are there? Each is loaded only when it is called, so that `price` starts no database. Also called: コマンド一覧.
 */
import type { Command } from '../command.ts';

export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  serve: () => import('./serve.ts'),
  price: () => import('./price.ts'),
  'ruleset check': () => import('./ruleset-check.ts'),
  'ruleset test': () => import('./ruleset-test.ts'),
  'ruleset publish': () => import('./ruleset-publish.ts'),
  'release list': () => import('./release-list.ts'),
  'usage import': () => import('./usage-import.ts'),
  'cycle open': () => import('./cycle-open.ts'),
  'cycle run': () => import('./cycle-run.ts'),
  'cycle status': () => import('./cycle-status.ts'),
  'cycle close': () => import('./cycle-close.ts'),
  'bill show': () => import('./bill-show.ts'),
  'token mint': () => import('./token-mint.ts'),
  'token list': () => import('./token-list.ts'),
  'token revoke': () => import('./token-revoke.ts'),
};
