/**
 * Take a usage file in, by the format that a ruleset describes. Also called: CDR import, 利用データ取込.
 * Received = accepted + duplicate + rejected, always; rejected lines are kept with their reason.
 */
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { importUsage } from '#runtime/services/import-usage.ts';
import { listRejects } from '#runtime/services/list-rejects.ts';
import { asTokenHolder } from '../acting-person.ts';
import { optional, required, word, type Command } from '../command.ts';

export const command: Command = {
  options: { format: { type: 'string' }, on: { type: 'string' } },
  run(call) {
    const { say } = call;
    const file = word(call, 0, 'FILE');
    const format = required(call, 'format');
    const givenOn = optional(call, 'on');
    // A file that is not there is told before a database is started for it.
    statSync(file);
    return asTokenHolder(call, async (app, actor) => {
      const imported = await importUsage(app, actor, {
        name: basename(file),
        format,
        ...(givenOn === undefined ? {} : { givenOn }),
        content: createReadStream(file),
      });
      const { rows } = await listRejects(app, actor, { fileId: imported.fileId, pageSize: 500 });
      const rejects = rows.map(({ lineNumber, code, values, text }) => ({
        lineNumber,
        code,
        values,
        text,
        message: say.render(`reject.${code}`, values),
      }));
      const told = rejects.map(({ lineNumber, code, message }) =>
        say.render('cli.usage-import.reject', { line: String(lineNumber), code, message }),
      );
      return {
        json: { ...imported, rejects },
        text: [say.render('cli.usage-import.done', imported), ...told].join('\n'),
      };
    });
  },
};
