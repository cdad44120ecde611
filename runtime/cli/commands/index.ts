/**
 * Which commands are there, and what follows their name? Also called: コマンド一覧.
 * Each is loaded only when it is called, so that `price` starts no database. What it does is said by `cli.<name>.summary`.
 */
import type { Command } from '../command.ts';

interface Entry {
  readonly usage: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

export const commands: Readonly<Record<string, Entry>> = {
  serve: { usage: '[--empty | --small-demo]', load: () => import('./serve.ts') },
  build: { usage: '', load: () => import('./build.ts') },
  price: {
    usage: '--rulesets DIR --input FILE|- [--trace] [--why] [--aloud] [--lines]',
    load: () => import('./price.ts'),
  },
  'ruleset check': { usage: 'PATH… [--mutants]', load: () => import('./ruleset-check.ts') },
  'ruleset test': { usage: 'PATH…', load: () => import('./ruleset-test.ts') },
  'ruleset mutants': { usage: 'DIR', load: () => import('./ruleset-mutants.ts') },
  'ruleset diff': { usage: 'A B [--all]', load: () => import('./ruleset-diff.ts') },
  'ruleset read': { usage: 'RULESET', load: () => import('./ruleset-read.ts') },
  'table export': {
    usage: 'RULESET-FILE CHARGE [--format dmn|csv|xlsx] [--output FILE]',
    load: () => import('./table-export.ts'),
  },
  'table import': {
    usage: 'RULESET-FILE CHARGE --input FILE|- [--decision NAME]',
    load: () => import('./table-import.ts'),
  },
  'table decide': {
    usage: 'DMN-FILE --input FILE|- [--decision NAME]',
    load: () => import('./table-decide.ts'),
  },
  'ruleset publish': { usage: 'DIR', load: () => import('./ruleset-publish.ts') },
  'ruleset import': { usage: 'DIR', load: () => import('./ruleset-import.ts') },
  'release list': { usage: '', load: () => import('./release-list.ts') },
  'usage import': { usage: 'FILE --format ID [--on YYYY-MM-DD]', load: () => import('./usage-import.ts') },
  'usage rejects': { usage: '', load: () => import('./usage-rejects.ts') },
  'usage void': { usage: 'LINE-ID --reason TEXT', load: () => import('./usage-void.ts') },
  'usage rate': { usage: '--rulesets DIR --input FILE|- [--plan ID]', load: () => import('./usage-rate.ts') },
  'cycle open': {
    usage: '[--legal-entity ID] [--billing-cycle ID] [--month YYYY-MM]',
    load: () => import('./cycle-open.ts'),
  },
  'cycle refreeze': { usage: 'CYCLE', load: () => import('./cycle-refreeze.ts') },
  'cycle run': { usage: 'CYCLE [--workers N]', load: () => import('./cycle-run.ts') },
  'cycle status': { usage: '[CYCLE]', load: () => import('./cycle-status.ts') },
  'cycle close': { usage: 'CYCLE', load: () => import('./cycle-close.ts') },
  'bill list': { usage: '[TEXT…] [--cycle CYCLE]', load: () => import('./bill-list.ts') },
  'bill show': { usage: 'BILL [--why | --aloud | --html | --pdf FILE]', load: () => import('./bill-show.ts') },
  'customer enter': { usage: '--input FILE|- --reason TEXT', load: () => import('./customer-enter.ts') },
  'customer move': {
    usage: 'CUSTOMER [CYCLE [MONTH] --reason TEXT]',
    load: () => import('./customer-move.ts'),
  },
  'customer change': { usage: 'CUSTOMER --input FILE|- --reason TEXT', load: () => import('./customer-change.ts') },
  'order place': {
    usage: 'CUSTOMER --input FILE|- --reason TEXT [--preview]',
    load: () => import('./order-place.ts'),
  },
  'order undo': { usage: 'CUSTOMER ORDER --reason TEXT', load: () => import('./order-undo.ts') },
  'order list': { usage: 'CUSTOMER', load: () => import('./order-list.ts') },
  'grant list': { usage: 'CAMPAIGN', load: () => import('./grant-list.ts') },
  'coupon make': { usage: 'CAMPAIGN --count N [--note TEXT]', load: () => import('./coupon-make.ts') },
  'coupon import': { usage: 'CAMPAIGN --input FILE|- [--note TEXT]', load: () => import('./coupon-import.ts') },
  'coupon list': { usage: 'CAMPAIGN', load: () => import('./coupon-list.ts') },
  'agreement make': {
    usage: 'CUSTOMER --input FILE|- --reason TEXT',
    load: () => import('./agreement-make.ts'),
  },
  'agreement end': {
    usage: 'CUSTOMER AGREEMENT [--from YYYY-MM-DD] --reason TEXT',
    load: () => import('./agreement-end.ts'),
  },
  'adjustment enter': {
    usage: 'CUSTOMER --input FILE|- --reason TEXT',
    load: () => import('./adjustment-enter.ts'),
  },
  'adjustment take-back': {
    usage: 'CUSTOMER ADJUSTMENT --reason TEXT',
    load: () => import('./adjustment-take-back.ts'),
  },
  'concession list': { usage: 'CUSTOMER', load: () => import('./concession-list.ts') },
  'concession grant': { usage: 'CONCESSION', load: () => import('./concession-grant.ts') },
  'concession decline': { usage: 'CONCESSION', load: () => import('./concession-decline.ts') },
  'credit ask': { usage: 'BILL --line LINE=AMOUNT… --reason TEXT', load: () => import('./credit-ask.ts') },
  'credit issue': { usage: 'CREDIT', load: () => import('./credit-issue.ts') },
  'credit decline': { usage: 'CREDIT', load: () => import('./credit-decline.ts') },
  'token mint': { usage: '--email ADDRESS [--days N] [--label TEXT]', load: () => import('./token-mint.ts') },
  'token list': { usage: '--email ADDRESS', load: () => import('./token-list.ts') },
  'token revoke': { usage: 'TOKEN-ID --email ADDRESS', load: () => import('./token-revoke.ts') },
  doctor: { usage: '', load: () => import('./doctor.ts') },
};
