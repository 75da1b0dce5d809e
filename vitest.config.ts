import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'apps/{cli,server,web}/src/**/*.test.{ts,tsx}',
      'test/**/*.test.ts',
    ],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two workers: clinics' machines and CI have two cores, and several tests start a database or a browser.
    maxWorkers: 2,
    // What is polled for comes when it comes; on a busy machine that is not the default second.
    expect: { poll: { timeout: 60_000 } },
    setupFiles: [
      'test/cpu-time.ts',
      ...(process.env.FORAMEN_TEST_VERSIONS === undefined ? [] : ['test/database-versions.ts']),
    ],
  },
});
