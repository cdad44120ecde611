/** A process of its own that seeds the demo carrier and is killed on the way. Told where by its argument, in JSON. */
import { closeApp, openApp } from '#runtime/app.ts';
import { clockOf } from '#runtime/clock/clock.ts';
import type { Server } from '#runtime/db/connection.ts';
import { seedDemo, type DemoSize } from '#runtime/demo/seed.ts';

export type SeedOrder = {
  readonly server: Server;
  readonly dataDirectory: string;
  readonly now: string;
  readonly size: DemoSize;
  /** Killed, as by the system, as it says `code` for the `time`th time. */
  readonly code: string;
  readonly time: number;
};

const { server, dataDirectory, now, size, code, time } = JSON.parse(process.argv[2]!) as SeedOrder;
const clock = clockOf(() => new Date(now));
const app = await openApp({ dataDirectory, preparedServer: server, clock });
let times = 0;
const log = (said: string): void => {
  if (said === code && (times += 1) === time) process.kill(process.pid, 'SIGKILL');
};
await seedDemo(app, { log }, size, (operator) => operator === 'kanade-mobile');
await closeApp(app);
