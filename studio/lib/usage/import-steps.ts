/**
 * How far is an import, over all of its steps?
 * Also called: progress of an import, 取込の進捗.
 */
import type { ImportProgress } from '#runtime/usage/import-file.ts';

/** The file on its way, of so many bytes; or on the server, where so many lines have been read of it. */
export type ImportNow =
  { readonly step: 'sending'; readonly sent: number; readonly of: number } | (ImportProgress & { readonly of: number });

/** In this order. What is done to all lines at once has no measure of its own: it is begun, then it is over. */
export const importSteps = [
  'sending',
  'reading',
  'matching',
  'comparing',
  'writing',
] as const satisfies readonly ImportNow['step'][];

/** Which step it is, from 1. */
export const stepNumber = ({ step }: ImportNow): number => importSteps.indexOf(step) + 1;

/** Per cent of the whole way: each step is an equal part of it. */
export function percentDone(now: ImportNow): number {
  const within = now.step === 'sending' ? now.sent / now.of : now.step === 'reading' ? now.bytes / now.of : 0;
  return Math.floor(((stepNumber(now) - 1 + Math.min(1, within)) / importSteps.length) * 100);
}
