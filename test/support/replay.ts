/**
 * How is a case that chance has found run again? KANADE_SEED=<seed> KANADE_PATH=<path>, as the failure prints them, for every
 * property of the files that are named. Also called: replay, counterexample, 反例の再現.
 */
import fc from 'fast-check';

const { KANADE_SEED: seed, KANADE_PATH: path } = process.env;

if (seed !== undefined) fc.configureGlobal({ seed: Number(seed), ...(path === undefined ? {} : { path }) });
