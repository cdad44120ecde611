/** How are things done at the same time, so that none is still at work when one of them has failed? */
export async function together(work: readonly (() => Promise<unknown>)[]): Promise<void> {
  const outcomes = await Promise.allSettled(work.map((each) => each()));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
