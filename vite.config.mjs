import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The pages. Paths are relative, so that the same files serve over http and over the desktop's own protocol. */
export default defineConfig({
  root: 'src-renderer',
  base: './',
  plugins: [react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'chrome140',
    modulePreload: { polyfill: false },
    sourcemap: true,
    // A font as a data: address would need a wider policy.
    assetsInlineLimit: 0,
    // A plain text that the page shows by itself.
    license: { fileName: 'licences.txt' },
  },
});
