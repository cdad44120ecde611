/**
 * What happens between the words someone types and the exit code?
 * 0: done. 1: what we were given is at fault. 2: we are, or the installation is. Also called: exit code, 終了コード, コマンドの実行.
 */
import { parseArgs } from 'node:util';
import { Refusal } from '#runtime/services/refusal.ts';
import { StartUpProblem } from '#runtime/start-up-problem.ts';
import { preferredLocale, words as wordsIn, type Words } from '#schemas/messages/render.ts';
import { WrongCall, type Call, type Command, type Outcome } from './command.ts';
import { commands } from './commands/index.ts';

export interface Terminal {
  readonly environment: NodeJS.ProcessEnv;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly standardInput: () => Promise<string>;
}

type ExitCode = 0 | 1 | 2;

const everywhere = {
  json: { type: 'boolean' },
  lang: { type: 'string' },
  token: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export async function runCommand(typed: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { environment } = terminal;
  const say = wordsIn(
    preferredLocale(languageAsked(typed), environment['KANADE_LANG'], environment['LC_ALL'], environment['LANG']),
  );
  const json = typed.includes('--json');
  try {
    const name = nameOf(typed);
    if (name === undefined) {
      if (typed.some((word) => !word.startsWith('-')) && typed[0] !== 'help')
        throw new WrongCall('command-unknown', { command: typed.join(' ') });
      terminal.out(help(say));
      return 0;
    }
    const entry = commands[name];
    if (entry === undefined) throw new WrongCall('command-unknown', { command: name });
    if (typed.includes('--help') || typed.includes('-h')) {
      terminal.out(`${usageOf(name, say)}\n`);
      return 0;
    }
    const { command } = await entry.load();
    const parsed = parse(command, typed.slice(name.split(' ').length));
    const call: Call = {
      words: parsed.positionals,
      options: parsed.values,
      say,
      json,
      environment,
      standardInput: terminal.standardInput,
      notice: (text) => terminal.err(`${text}\n`),
      announce: (text) => terminal.out(`${text}\n`),
    };
    return print(await command.run(call), json, terminal);
  } catch (error) {
    return tell(error, say, json, terminal);
  }
}

function print({ json: value, text, exit }: Outcome, json: boolean, { out }: Terminal): ExitCode {
  if (json) out(`${JSON.stringify(value, null, 2)}\n`);
  else if (text !== '') out(`${text}\n`);
  return exit ?? 0;
}

/** Whose fault it is, in a sentence; with --json as a value too. */
function tell(error: unknown, say: Words, json: boolean, { out, err, environment }: Terminal): ExitCode {
  const { code, values, message, exit } = whatWentWrong(error, say);
  if (json) out(`${JSON.stringify({ error: { code, values, message } }, null, 2)}\n`);
  else err(`${message}\n`);
  if (exit === 2 && environment['KANADE_DEBUG'] !== undefined && error instanceof Error) err(`${error.stack ?? ''}\n`);
  return exit;
}

interface Wrong {
  readonly code: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly exit: 1 | 2;
}

function whatWentWrong(error: unknown, say: Words): Wrong {
  if (error instanceof WrongCall) {
    return { code: error.code, values: error.values, message: say.render(`cli.${error.code}`, error.values), exit: 1 };
  }
  if (error instanceof Refusal) {
    return {
      code: error.code,
      values: error.values,
      message: say.render(`refusal.${error.code}`, error.values),
      exit: 1,
    };
  }
  if (error instanceof StartUpProblem) {
    return {
      code: error.code,
      values: error.values,
      message: say.render(`startup.${error.code}`, error.values),
      exit: 2,
    };
  }
  const file = fileAtFault(error);
  if (file !== undefined)
    return {
      code: 'file-not-readable',
      values: { file },
      message: say.render('cli.file-not-readable', { file }),
      exit: 1,
    };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'internal', values: { reason }, message: say.render('cli.internal', { reason }), exit: 2 };
}

/** The file that a person named and that is not there, is a folder, or may not be read. */
function fileAtFault(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return undefined;
  return ['ENOENT', 'EISDIR', 'EACCES', 'ENOTDIR'].includes(String(error.code)) ? String(error.path) : undefined;
}

function parse({ options = {} }: Command, typed: readonly string[]) {
  try {
    return parseArgs({
      args: [...typed],
      options: { ...options, ...everywhere },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    const [, option = ''] = /'(?:-\w, )?(--?[\w-]+)/.exec(String(error)) ?? [];
    throw new WrongCall(/requires|missing|ambiguous/i.test(String(error)) ? 'option-without-value' : 'option-unknown', {
      option,
    });
  }
}

/** The name of the command: one word or two. */
function nameOf(typed: readonly string[]): string | undefined {
  return [typed.slice(0, 2).join(' '), typed[0] ?? ''].find((name) => Object.hasOwn(commands, name));
}

function languageAsked(typed: readonly string[]): string | undefined {
  const index = typed.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  return index < 0 ? undefined : (typed[index]?.split('=')[1] ?? typed[index + 1]);
}

function help(say: Words): string {
  const rows = Object.keys(commands).map((name) => usageOf(name, say));
  return `${say.render('cli.help')}\n\n${rows.join('\n')}\n\n${say.render('cli.help.options')}\n`;
}

function usageOf(name: string, say: Words): string {
  return `  kanade ${name} ${commands[name]?.usage ?? ''}\n      ${say.render(`cli.${key(name)}.summary`)}`;
}

const key = (name: string): string => name.replace(' ', '-');
