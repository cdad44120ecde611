/** A process of its own that runs a cycle, for tests that kill it. Told what to do by its argument, in JSON. */
import type { Actor } from '#runtime/access/actor.ts';
import { closeApp, openApp } from '#runtime/app.ts';
import type { Server } from '#runtime/db/connection.ts';
import { runCycle } from '#runtime/services/run-cycle.ts';

export type ProcessOrder = {
  readonly server: Server;
  readonly dataDirectory: string;
  readonly actor: Actor;
  readonly cycleId: string;
  readonly workers: number;
  readonly leaseSeconds: number;
  readonly groupsAtOnce: number;
};

const { server, dataDirectory, actor, ...order } = JSON.parse(process.argv[2]!) as ProcessOrder;
const app = await openApp({ dataDirectory, preparedServer: server });
const results = await (await runCycle(app, actor, order)).finished;
process.stdout.write(JSON.stringify(results ?? null));
await closeApp(app);
