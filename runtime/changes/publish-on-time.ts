/**
 * Who sees to it that what is scheduled is published on its day, while Kanade serves?
 * Looks every minute; a look that fails is told to `log`, and the next one tries again. Also called: scheduler, 定期実行.
 */
import type { App } from '#runtime/app.ts';
import { publishDue, type DuePublication } from '#runtime/changes/due.ts';

const EVERY_MILLISECONDS = 60_000;

export type PublicationLog = {
  readonly done: (publications: readonly DuePublication[]) => void;
  readonly failed: (error: unknown) => void;
};

/** Begins to look. What comes back stops it, when the look under way is over. */
export function publishOnTime(
  app: Pick<App, 'orm' | 'clock' | 'keys' | 'authPool'>,
  log: PublicationLog,
): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      const publications = await publishDue(app);
      if (publications.length > 0) log.done(publications);
    } catch (error) {
      log.failed(error);
    } finally {
      underWay = undefined;
    }
  };
  const timer = setInterval(() => {
    underWay ??= look();
  }, EVERY_MILLISECONDS);
  // What keeps Kanade running is that it serves.
  timer.unref();
  underWay = look();
  return async () => {
    clearInterval(timer);
    await underWay;
  };
}
