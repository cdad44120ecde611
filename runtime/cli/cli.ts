#!/usr/bin/env node
/**
 * Where does the command line begin? Also called: kanade, CLI, コマンドライン.
 */
import { text } from 'node:stream/consumers';
import { runCommand } from './run-command.ts';

// A reader that stops early, such as `head`, is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

const exit = await runCommand(process.argv.slice(2), {
  environment: process.env,
  out: (line) => void process.stdout.write(line),
  err: (line) => void process.stderr.write(line),
  standardInput: () => text(process.stdin),
});

// Everything is closed by now; a worker thread that is still winding up does not hold the terminal.
process.stdout.write('', () => process.exit(exit));
