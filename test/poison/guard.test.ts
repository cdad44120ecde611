/** Does work that takes too much end, and nothing else with it? */
import { afterAll, describe, expect, it } from 'vitest';
import { Guard } from '#runtime/guard/guard.ts';

const guard = new Guard<string, string>(new URL('./endless.worker.ts', import.meta.url), {
  milliseconds: 500,
  megabytes: 16,
});
afterAll(() => guard.close());
const roomy = new Guard<string, string>(new URL('./endless.worker.ts', import.meta.url), {
  milliseconds: 60_000,
  megabytes: 16,
});
afterAll(() => roomy.close());

describe('guarded work', () => {
  it('that never ends is ended when its time is over, and what waits behind it is done', async () => {
    const [first, second] = [guard.run('loop'), guard.run('answer')];
    expect(await first).toEqual({ beyond: 'time' });
    expect(await second).toEqual({ result: 'answer' });
  });

  it('that takes all the memory is ended before it does, and what waits behind it is done', async () => {
    const [first, second] = [roomy.run('fill'), roomy.run('answer')];
    expect(await first).toEqual({ beyond: 'memory' });
    expect(await second).toEqual({ result: 'answer' });
  });

  it('that fails says why', async () => {
    await expect(roomy.run('fail')).rejects.toThrow('no such thing');
  });

  it('keeps its hands off whoever asks: the caller goes on meanwhile', async () => {
    const running = guard.run('loop');
    let turns = 0;
    const count = setInterval(() => (turns += 1), 10);
    await running;
    clearInterval(count);
    expect(turns).toBeGreaterThan(5);
  });
});
