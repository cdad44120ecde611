/**
 * Is this installation as it should be? Also called: health check, 点検.
 * Node, database, the signature of each operator's rulesets, the chain of its audit trail.
 */
import { inspectInstallation } from '#runtime/services/inspect-installation.ts';
import { withApp } from '../acting-person.ts';
import type { Command } from '../command.ts';

export const command: Command = {
  run: (call) =>
    withApp(call, async (app) => {
      const { say } = call;
      const findings = await inspectInstallation(app);
      const told = findings.map((finding) => ({
        ...finding,
        message: say.render(`doctor.${finding.code}`, finding.values),
      }));
      const node = { code: 'node', values: { version: process.versions.node }, sound: true };
      const all = [{ ...node, message: say.render('doctor.node', node.values) }, ...told];
      return {
        json: { findings: all },
        text: all.map(({ sound, message }) => `${sound ? '✓' : '✗'} ${message}`).join('\n'),
        ...(all.every(({ sound }) => sound) ? {} : { exit: 2 as const }),
      };
    }),
};
