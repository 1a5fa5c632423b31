import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDesktop } from '../ensure-desktop.mjs';
import { ensureInstalled } from '../ensure-installed.mjs';
import { ensurePages } from '../ensure-pages.mjs';
import { Failure } from '../failure.mjs';
import { pinnedNode } from '../pinned-node.mjs';
import { runCommand } from '../run-command.mjs';
import { ensureIcons } from './icons.mjs';
import { stagePackage } from './stage.mjs';

const PLATFORM_FLAGS = { linux: '--linux', darwin: '--mac', win32: '--win' };

/**
 * Makes the desktop's packages for the platform this runs on: natives and Node are this machine's own.
 *
 * @param {string} root
 * @param {{ targets?: readonly string[], output?: string, electronDist?: string }} [options] `targets`: electron-builder's
 *   names, e.g. `dir`; none: those of electron-builder.yml. `electronDist`: a folder with a runtime, used instead of a download.
 * @returns {Promise<string>} The folder of the packages.
 */
export async function packWaybill(root, { targets = [], output = join(root, 'dist/release'), electronDist } = {}) {
  const platform = PLATFORM_FLAGS[process.platform];
  if (platform === undefined) throw new Failure(`There are no packages for ${process.platform}.`, 'Run from sources.');
  await ensureInstalled(root);
  await ensurePages(root);
  await ensureDesktop(root);
  await ensureIcons(root);
  await stagePackage(root);
  rmSync(output, { recursive: true, force: true });
  const settings = [`-c.directories.output=${output}`, ...(electronDist ? [`-c.electronDist=${electronDist}`] : [])];
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const args = [builder, '--config', 'electron-builder.yml', platform, ...targets, '--publish', 'never', ...settings];
  const { code, output: said } = await runCommand(pinnedNode(root), args, { cwd: root, env: process.env });
  if (code !== 0) {
    process.stderr.write(said);
    throw new Failure('The packages could not be made.', 'Mend what electron-builder says above.');
  }
  return output;
}
