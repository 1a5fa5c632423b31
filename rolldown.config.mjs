import { defineConfig } from 'rolldown';

/** The command line as ESM. Drivers stay outside: they carry native parts or are loaded on first use. */
export default defineConfig({
  // What runs in a process or on a thread of its own is found beside the bundle.
  input: {
    cli: 'src-main/hosts/cli/main.ts',
    'browser-host': 'src-main/hosts/browser/main.ts',
    'desktop-core': 'src-main/hosts/electron/core/main.ts',
    'keychain-child': 'src-main/vault/keychain-child.ts',
    'digest-worker': 'src-main/store/digest-worker.ts',
    'sqlite-reader-child': 'src-main/connectors/sqlite/reader-child.ts',
    'sqlite-lifeline-worker': 'src-main/connectors/sqlite/lifeline-worker.ts',
  },
  platform: 'node',
  external: [
    /^node:/,
    'pg',
    'pg-native',
    'mysql2',
    /^mysql2\//,
    'mssql',
    'tedious',
    /^tedious\//,
    'keytar',
    'ssh2-sftp-client',
    'ssh2',
    'cpu-features',
  ],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    sourcemap: true,
  },
});
