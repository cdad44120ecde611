/** A terminal that remembers what was printed. */
import { runCommand } from '#runtime/cli/run-command.ts';

export interface Printed {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export async function kanade(
  typed: readonly string[],
  given: { readonly input?: string; readonly environment?: NodeJS.ProcessEnv } = {},
): Promise<Printed> {
  let out = '';
  let err = '';
  const exit = await runCommand(typed, {
    environment: given.environment ?? { KANADE_LANG: 'ja' },
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    standardInput: () => Promise.resolve(given.input ?? ''),
  });
  return { exit, out, err };
}
