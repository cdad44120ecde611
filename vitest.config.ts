import { defineConfig } from 'vitest/config';

/**
 * Three kinds of test: pure ones, those that need PostgreSQL, those that need a browser too. Two files at a time, whatever the machine.
 * Files of the first two kinds share their loaded modules, none of which keeps anything of a test: each is loaded once instead of a hundred times.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'pure',
          isolate: false,
          include: ['test/{engine,schemas,rulesets,studio,tidy,poison}/**/*.test.ts'],
          setupFiles: ['test/support/replay.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'database',
          isolate: false,
          include: ['test/runtime/**/*.test.ts'],
          setupFiles: ['test/support/replay.ts'],
          globalSetup: ['test/support/postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/support/server.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
