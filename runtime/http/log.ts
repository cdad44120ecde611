/**
 * Where does the server write what it did? Also called: log, ログ.
 * One JSON line an event: to a file in the data directory, or to standard error when nobody watches the terminal.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';

export function openLog(dataDirectory: string, watched: boolean): Logger {
  const redact = ['req.headers.cookie', 'req.headers.authorization', 'password', 'token'];
  if (!watched) return pino({ redact }, pino.destination({ dest: 2, sync: true }));
  const folder = join(dataDirectory, 'logs');
  mkdirSync(folder, { recursive: true });
  return pino({ redact }, pino.destination({ dest: join(folder, 'kanade.log'), sync: true }));
}
