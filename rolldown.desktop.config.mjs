import { defineConfig } from 'rolldown';

const common = { platform: 'node', external: ['electron', /^node:/] };
const output = { dir: 'dist/desktop', sourcemap: true };

/**
 * The desktop's shell: its main process, and the preload script as one CommonJS file, the only form that a sandboxed page
 * loads. The core it starts is built with the command line, which it shares everything with.
 */
export default defineConfig([
  {
    ...common,
    input: { main: 'src-main/hosts/electron/main/main.ts' },
    output: { ...output, format: 'esm', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
  },
  {
    ...common,
    input: { preload: 'src-main/hosts/electron/preload/preload.ts' },
    output: { ...output, format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
  },
]);
