import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How long a browser may take to open the file; the secret in it is good once and no longer than that. */
const LIFE_MS = 60_000;

export interface LaunchFile {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * A page that leads to the address with its secret. The address never stands in an argument of a process, where every
 * user of the machine could read it: the browser gets the path of this file, which only this user can open.
 */
export async function writeLaunchFile(address: string): Promise<LaunchFile> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-')); // mkdtemp makes it 0700
  const path = join(folder, 'waybill.html');
  const page = `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Waybill</title><meta http-equiv="refresh" content="0;url=${address}">`;
  await writeFile(path, page, { mode: 0o600, flag: 'wx' });
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  setTimeout(() => void remove(), LIFE_MS).unref();
  return { path, remove };
}
