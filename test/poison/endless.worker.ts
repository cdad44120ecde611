/** What runs in a guarded thread that never comes to an end, takes all the memory, fails, or does as it is told? */
import { answering } from '#runtime/guard/answering.ts';

answering((work: 'loop' | 'fill' | 'fail' | 'answer'): string => {
  const kept: number[][] = [];
  if (work === 'fail') throw new Error('no such thing');
  while (work !== 'answer') if (work === 'fill') kept.push(Array.from({ length: 10_000 }, (_, index) => index * 1.5));
  return work;
});
