// Bundled by cli-bundle.test.ts, never run: what the command line must not load.
export { app } from 'electron';
export const page = import('react-dom/client');
