/**
 * How does work on what somebody wrote never hold up those who wait beside it, nor fill the memory?
 * In a thread of its own, with so much time and so much memory; whatever takes more is ended, and the next work begins anew.
 * Also called: sandbox, resource limits, watchdog, 実行制限、タイムアウト、ポイズン入力.
 */
import { Worker } from 'node:worker_threads';

export interface GuardLimits {
  readonly milliseconds: number;
  /** Of the thread's memory for objects; what the product itself needs comes on top. */
  readonly megabytes: number;
}

/** What became of it: a result, or which limit it went beyond. */
export type Guarded<Result> = { readonly result: Result } | { readonly beyond: 'time' | 'memory' };

/** What the thread says: that it is ready for work, or how the work ended. */
export type Said = { readonly ready: true } | { readonly result: unknown } | { readonly failed: Error };

/** Of every thread: the product's own code and tables, and what has just been made and is looked through for what is left. */
export const everyThread = { ownMegabytes: 48, youngMegabytes: 16 } as const;

interface Waiting {
  readonly work: unknown;
  readonly settle: (said: Guarded<unknown> | Error) => void;
}

export class Guard<Work, Result> {
  readonly #file: URL;
  readonly #limits: GuardLimits;
  readonly #idleMilliseconds: number;
  readonly #queue: Waiting[] = [];
  #worker: Worker | undefined;
  #current: Waiting | undefined;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `file` is a worker that answers as `answering` of `guarded.ts` does. The thread goes when it had no work for a while. */
  constructor(file: URL, limits: GuardLimits, idleMilliseconds = 60_000) {
    this.#file = file;
    this.#limits = limits;
    this.#idleMilliseconds = idleMilliseconds;
  }

  /** One work after another. An error thrown by the work is thrown here. */
  run(work: Work): Promise<Guarded<Result>> {
    const { promise, resolve, reject } = Promise.withResolvers<Guarded<Result>>();
    this.#queue.push({
      work,
      settle: (said) => (said instanceof Error ? reject(said) : resolve(said as Guarded<Result>)),
    });
    this.#next();
    return promise;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const next = this.#queue.shift();
    if (next === undefined) return this.#rest();
    this.#current = next;
    clearTimeout(this.#timer);
    if (this.#worker === undefined) this.#start();
    else if (this.#isReady) this.#hand();
  }

  /** The time that a thread needs to begin is not the work's. */
  #start(): void {
    this.#isReady = false;
    const { megabytes } = this.#limits;
    const worker = new Worker(this.#file, {
      resourceLimits: {
        maxOldGenerationSizeMb: megabytes + everyThread.ownMegabytes,
        maxYoungGenerationSizeMb: everyThread.youngMegabytes,
        stackSizeMb: 4,
      },
    });
    this.#worker = worker;
    worker.on('message', (said: Said) => {
      if (worker !== this.#worker) return;
      if ('ready' in said) {
        this.#isReady = true;
        this.#hand();
      } else this.#settle('failed' in said ? said.failed : { result: said.result });
    });
    worker.on('error', (error: Error & { code?: string }) => {
      if (worker !== this.#worker) return;
      this.#worker = undefined;
      this.#settle(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? { beyond: 'memory' } : error);
    });
  }

  #hand(): void {
    if (this.#current === undefined) return;
    this.#worker?.ref();
    this.#timer = setTimeout(() => {
      const late = this.#worker;
      this.#worker = undefined;
      void late?.terminate();
      this.#settle({ beyond: 'time' });
    }, this.#limits.milliseconds);
    this.#worker?.postMessage(this.#current.work);
  }

  #settle(said: Guarded<unknown> | Error): void {
    clearTimeout(this.#timer);
    const { settle } = this.#current ?? {};
    this.#current = undefined;
    settle?.(said);
    this.#next();
  }

  /** A thread without work keeps no process alive, and is let go after a while. */
  #rest(): void {
    this.#worker?.unref();
    this.#timer = setTimeout(() => void this.close(), this.#idleMilliseconds).unref();
  }
}
