/**
 * What is a command of the command line? Also called: CLI command, コマンド.
 * A command takes words and options, and returns what it found as a value and as text; only `run-command.ts` prints and exits.
 */
import type { parseArgs, ParseArgsOptionsConfig } from 'node:util';
import type { Words } from '#schemas/messages/render.ts';

export interface Command {
  readonly options?: ParseArgsOptionsConfig;
  run(call: Call): Promise<Outcome>;
}

export interface Call {
  readonly words: readonly string[];
  readonly options: ReturnType<typeof parseArgs>['values'];
  readonly say: Words;
  readonly json: boolean;
  readonly environment: NodeJS.ProcessEnv;
  /** All of standard input, for a file named '-'. */
  readonly standardInput: () => Promise<string>;
  /** Says something before the command is over: on standard error, or on standard output when it is what was asked for. */
  readonly notice: (text: string) => void;
  readonly announce: (text: string) => void;
}

export interface Outcome {
  /** What `--json` prints. Amounts are text. */
  readonly json: unknown;
  /** The same for a person. */
  readonly text: string;
  /** The command ran, and what it was given is at fault (1), or the installation is (2). */
  readonly exit?: 1 | 2;
}

/** The command line itself was wrong: an option nobody knows, a word too few. Words: `cli.<code>`. */
export class WrongCall extends Error {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: string, values: Readonly<Record<string, string>> = {}) {
    super(code);
    this.name = 'WrongCall';
    this.code = code;
    this.values = values;
  }
}

/** The value of an option that must be given. */
export function required(call: Pick<Call, 'options'>, option: string): string {
  const value = call.options[option];
  if (typeof value !== 'string' || value === '') throw new WrongCall('option-missing', { option: `--${option}` });
  return value;
}

export function optional(call: Pick<Call, 'options'>, option: string): string | undefined {
  const value = call.options[option];
  return typeof value === 'string' ? value : undefined;
}

/** The words after the command; as many as its usage names. */
export function word(call: Pick<Call, 'words'>, index: number, name: string): string {
  const value = call.words[index];
  if (value === undefined) throw new WrongCall('word-missing', { word: name });
  return value;
}
