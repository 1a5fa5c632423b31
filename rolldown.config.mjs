import { fileURLToPath } from 'node:url';
import { defineConfig } from 'rolldown';

const leftOut = fileURLToPath(new URL('scripts/lib/left-out.mjs', import.meta.url));

/** The command line as ESM. Drivers stay outside: they carry native parts or are loaded on first use. */
export default defineConfig({
  // What runs in a process or on a thread of its own is found beside the bundle.
  input: {
    cli: 'src-main/hosts/cli/main.ts',
    'browser-host': 'src-main/hosts/browser/main.ts',
    'desktop-core': 'src-main/hosts/electron/core/main.ts',
    'keychain-child': 'src-main/vault/keychain-child.ts',
    'digest-worker': 'src-main/store/digest-worker.ts',
    'digest-thread': 'src-main/store/digest-thread.ts',
    'unpack-thread': 'src-main/store/unpack-thread.ts',
    'sqlite-reader-child': 'src-main/connectors/sqlite/reader-child.ts',
    'sqlite-lifeline-worker': 'src-main/connectors/sqlite/lifeline-worker.ts',
  },
  platform: 'node',
  resolve: {
    // A driver loads them for logins and encryption that are not offered here: 46 MB, and half of the time it takes to load.
    alias: Object.fromEntries(
      ['@azure/identity', '@azure/core-auth', '@azure/keyvault-keys'].map((name) => [name, leftOut]),
    ),
  },
  external: [
    /^node:/,
    'pg',
    'pg-native',
    'mysql2',
    /^mysql2\//,
    'keytar',
    'ssh2-sftp-client',
    'ssh2',
    'cpu-features',
    'oracledb',
    /^oracledb\//,
  ],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    sourcemap: true,
  },
});
