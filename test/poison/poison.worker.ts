/** What runs in a guarded thread: the product's own answer, or a form that somebody hands over; and how long this thread was at work. */
import { compileForm } from '#runtime/documents/form.ts';
import { FormFault } from '#runtime/documents/plain-form.ts';
import { answering } from '#runtime/guard/answering.ts';
import { answerTo, type Judged, type TableRead, type Written } from '#runtime/guard/written.ts';

export type Poison =
  | Extract<Written, { is: 'draft' }>
  | Extract<Written, { is: 'table' }>
  | { readonly is: 'form'; readonly source: string };

export interface Outcome {
  /** The code of the first error, or 'accepted'. */
  readonly code: string;
  readonly workedMs: number;
}

const model = { name: 'Sato', many: Array.from({ length: 5_000 }, (_, index) => index) };
const partials: Readonly<Record<string, string>> = { itself: '<p>{{> other}}</p>', other: '{{> itself}}' };

/** `twice-1` uses the next twice, and so on twenty times over. */
function partial(name: string): string {
  const level = /^twice-(\d+)$/.exec(name)?.[1];
  if (level !== undefined) return level === '20' ? '<p>x</p>' : `{{> twice-${Number(level) + 1}}}`.repeat(2);
  const text = Object.hasOwn(partials, name) ? partials[name] : undefined;
  if (text === undefined) throw new Error('not there');
  return text;
}

function ofForm(source: string): string {
  try {
    compileForm(source, '', partial).body(model);
    return 'accepted';
  } catch (error) {
    if (error instanceof FormFault) return error.code;
    throw error;
  }
}

function ofDraft(written: Extract<Poison, { is: 'draft' }>): string {
  const { diagnostics, cases } = answerTo(written) as Judged;
  const error = diagnostics.find(({ severity }) => severity === 'error');
  return error?.code ?? cases[0]?.result.problem?.code ?? 'accepted';
}

async function ofTable(written: Extract<Poison, { is: 'table' }>): Promise<string> {
  const read = (await answerTo(written)) as TableRead;
  if ('faults' in read) return read.faults[0]?.code ?? '';
  return read.diagnostics.find(({ severity }) => severity === 'error')?.code ?? 'accepted';
}

function codeOf(poison: Poison): string | Promise<string> {
  switch (poison.is) {
    case 'form':
      return ofForm(poison.source);
    case 'table':
      return ofTable(poison);
    case 'draft':
      return ofDraft(poison);
  }
}

answering(async (poison: Poison): Promise<Outcome> => {
  const before = process.threadCpuUsage();
  const code = await codeOf(poison);
  const { user, system } = process.threadCpuUsage(before);
  return { code, workedMs: (user + system) / 1000 };
});
