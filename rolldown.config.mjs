import { defineConfig } from 'rolldown';

/** One ESM file for the command line. Drivers stay outside: they carry native parts or are loaded on first use. */
export default defineConfig({
  input: { cli: 'src-main/hosts/cli/main.ts' },
  platform: 'node',
  external: [/^node:/, 'pg', 'pg-native', 'mysql2', /^mysql2\//, 'keytar', 'ssh2-sftp-client', 'ssh2', 'cpu-features'],
  output: {
    dir: 'dist/cli',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    sourcemap: true,
  },
});
