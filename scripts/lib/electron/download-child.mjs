// Fetches Electron's runtime, in a process of its own: Node reads the proxy variables only when it starts. Electron's own
// tools choose the address (mirror variables), keep the cache and compare the checksum; the limits on time are ours.
// Prints { "ok": true } or { "why": "…" }.
import { createWriteStream, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { executableIn, versionOf } from './find-runtime.mjs';

const { electronPackage, firstByteMs, stallMs } = JSON.parse(process.argv[2]);

const ofElectron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'));
const { downloadArtifact } = ofElectron('@electron/get');
const { extract } = ofElectron('@electron-internal/extract-zip');

try {
  await fetchInto(join(electronPackage, 'dist'));
  process.stdout.write('{ "ok": true }\n');
} catch (error) {
  process.stdout.write(`${JSON.stringify({ why: reasonOf(error) })}\n`);
}

async function fetchInto(folder) {
  const env = process.env;
  const wantsRemote = env.electron_use_remote_checksums || env.npm_config_electron_use_remote_checksums;
  const zip = await downloadArtifact({
    version: versionOf(electronPackage),
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    cacheRoot: env.electron_config_cache,
    downloader: { download },
    ...(wantsRemote ? {} : { checksums: JSON.parse(readFileSync(join(electronPackage, 'checksums.json'), 'utf8')) }),
  });
  const aside = `${folder}.${process.pid}`;
  try {
    await extract(zip, { dir: aside });
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  writeFileSync(join(electronPackage, 'path.txt'), executableIn(''));
}

async function download(url, target) {
  mkdirSync(dirname(target), { recursive: true });
  const host = new URL(url).host;
  const controller = new AbortController();
  const giveUp = (why) => controller.abort(new Error(why));
  let patience = setTimeout(giveUp, firstByteMs, `${host} did not answer within ${firstByteMs / 1000} s`);
  try {
    const response = await fetch(url, { signal: controller.signal });
    if (!response.ok) throw new Error(`${host} answered ${response.status}`);
    const watched = async function* (chunks) {
      for await (const chunk of chunks) {
        clearTimeout(patience);
        patience = setTimeout(giveUp, stallMs, `${host} stopped sending`);
        yield chunk;
      }
    };
    await pipeline(Readable.fromWeb(response.body), watched, createWriteStream(target), { signal: controller.signal });
  } catch (error) {
    const code = error.cause?.code;
    throw controller.signal.aborted || code === undefined
      ? (controller.signal.reason ?? error)
      : new Error(`${host} cannot be reached (${code})`);
  } finally {
    clearTimeout(patience);
  }
}

/** One line, whatever the tools say. */
function reasonOf(error) {
  if (error.name === 'ChecksumMismatchError') return 'what came is not the runtime: its checksum is another one';
  return String(error.message ?? error).split('\n')[0];
}
