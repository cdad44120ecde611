/**
 * How is an author's mistake told on the command line? Also called: 検査結果の表示, lint output.
 */
import { relative } from 'node:path';
import type { Diagnostic } from '#schemas/generated/types.ts';
import type { Words } from '#schemas/messages/render.ts';
import type { Outcome } from './command.ts';

/** The diagnostic with its sentence, the file named as one would from here. */
export function told(diagnostic: Diagnostic, say: Words): Diagnostic {
  const { source, ...rest } = diagnostic;
  const message = say.render(`diagnostic.${diagnostic.code}`, diagnostic.values);
  return { ...rest, ...(source === undefined ? {} : { source: relative(process.cwd(), source) }), message };
}

/** One block a diagnostic: where, how grave, what, and what to do about it. */
export function diagnosticText(diagnostic: Diagnostic, say: Words): string {
  const { source, path, severity, code, message } = told(diagnostic, say);
  const where = [source, path === '' ? undefined : path].filter(Boolean).join(' ');
  const remedy = `diagnostic.${code}.remedy`;
  const lines = [`${say.render(`cli.severity.${severity}`)} ${where} [${code}]`, `  ${message ?? code}`];
  return [...lines, ...(say.has(remedy) ? [`  ${say.render(remedy, diagnostic.values)}`] : [])].join('\n');
}

/** What a command ends with that was refused for what its files say. */
export const refusedFor = <Refusal extends { readonly diagnostics: readonly Diagnostic[] }>(
  refusal: Refusal,
  say: Words,
): Outcome => ({
  json: { refusal: { ...refusal, diagnostics: refusal.diagnostics.map((each) => told(each, say)) } },
  text: refusal.diagnostics.map((each) => diagnosticText(each, say)).join('\n'),
  exit: 1,
});
