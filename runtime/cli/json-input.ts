/**
 * Which JSON was handed to a command? From the file of `--input`, or from standard input where it is '-'.
 */
import { readFileSync } from 'node:fs';
import { required, WrongCall, type Call } from './command.ts';

/** The value; a text that is no JSON is a wrong call. Its form is for the service to judge. */
export async function jsonInput(call: Call): Promise<unknown> {
  const file = required(call, 'input');
  const text = file === '-' ? await call.standardInput() : readFileSync(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongCall('input-not-json', { file });
  }
}
