import { beginEarly } from '../../begin-early.ts';

// Loading the program takes as long as making the key of a passphrase vault: both at once.
const begun = beginEarly(process.argv.slice(2), { env: process.env, cwd: process.cwd() });
const { start } = await import('./start.ts');
await start(begun);
