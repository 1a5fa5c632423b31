import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// What is waited for may take long on a busy machine; a test ends as soon as it is there.
const expect = { poll: { timeout: 15_000 } };
const common = { testTimeout: 30_000, hookTimeout: 120_000, pool: 'forks' as const, expect };
// No test loads the real one: outside its own runtime it is a program that downloads.
const resolve = { alias: { electron: fileURLToPath(new URL('test/fakes/electron/double.ts', import.meta.url)) } };
// What only a product's own server can show is a file of its own, looked for where one is named and nowhere else.
const needsRealServer = process.env['WAYBILL_TEST_SQLSERVER_URL'] === undefined ? ['test/**/*-real.test.ts'] : [];
const needsNoServer = ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['test/compile-kernels.ts'],
    projects: [
      { resolve, test: { ...common, name: 'plain', include: needsNoServer } },
      {
        resolve,
        test: {
          ...common,
          name: 'served',
          include: ['test/**/*.test.ts'],
          exclude: [...needsNoServer, ...needsRealServer, '**/node_modules/**'],
          globalSetup: ['test/servers/global-setup.ts'],
        },
      },
    ],
  },
});
