import { defineConfig } from 'vitest/config';

const common = { testTimeout: 30_000, hookTimeout: 120_000, pool: 'forks' as const };
const needsNoServer = ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: ['test/compile-kernels.ts'],
    projects: [
      { test: { ...common, name: 'plain', include: needsNoServer } },
      {
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
