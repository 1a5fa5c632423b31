import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const common = { testTimeout: 30_000, hookTimeout: 120_000, pool: 'forks' as const };
// No test loads the real one: outside its own runtime it is a program that downloads.
const resolve = { alias: { electron: fileURLToPath(new URL('test/fakes/electron/double.ts', import.meta.url)) } };
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
          exclude: [...needsNoServer, '**/node_modules/**'],
          globalSetup: ['test/servers/global-setup.ts'],
        },
      },
    ],
  },
});
