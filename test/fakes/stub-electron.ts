import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** By which Electron's tools find the fuses in an executable; behind it stand their version, their number, and each one. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = '11110000';

/**
 * A folder that a packager takes for Electron's runtime: its files, and an executable with fuses in it that runs nothing.
 * What is packed around it can be looked at; the desktop cannot be started from it.
 */
export function writeStubElectron(folder: string, version: string): string {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'LICENSE'), 'The licence of Electron stands here.\n');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '<p>The licences of Chromium stand here.</p>\n');
  writeFileSync(join(folder, 'locales/en-US.pak'), '');
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(FUSES)]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), wire]));
  chmodSync(join(folder, 'electron'), 0o755);
  return folder;
}
