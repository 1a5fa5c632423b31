import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensureKernels } from '../ensure-kernels.mjs';
import { Failure } from '../failure.mjs';
import { pinnedNode } from '../pinned-node.mjs';
import { runCommand } from '../run-command.mjs';
import { isLicence, isPackaged } from './package-files.mjs';
import { productionPackages } from './production-packages.mjs';
import { thirdPartyLicences } from './third-party.mjs';

/**
 * Lays out in dist/package what stands beside the desktop's archive: `cli/` (the command line, the desktop's core, their
 * children and packages), `node/`, `assets/`, `licences/`. They are files, since plain Node reads no archive.
 */
export async function stagePackage(root) {
  const stage = join(root, 'dist/package');
  rmSync(stage, { recursive: true, force: true });
  await bundleCore(root, join(stage, 'cli'));
  mkdirSync(join(stage, 'licences'), { recursive: true });
  const bundled = [join(stage, 'cli'), join(root, 'dist/desktop'), join(root, 'dist/renderer')];
  writeFileSync(join(stage, 'licences/third-party.txt'), thirdPartyLicences(bundled));
  copyFileSync(join(root, 'LICENSE'), join(stage, 'licences/waybill.txt'));
  dropMaps(join(stage, 'cli'));
  copyPackages(root, join(stage, 'cli'));
  copyLaunchers(root, join(stage, 'cli'));
  copyNode(root, join(stage, 'node'));
  cpSync(join(root, 'assets'), join(stage, 'assets'), { recursive: true });
  return stage;
}

/** Bundled anew: a folder that was built into many times holds chunks of many builds. */
async function bundleCore(root, output) {
  const kernels = await ensureKernels(root);
  const args = [join(root, 'node_modules/rolldown/bin/cli.mjs'), '-c', 'rolldown.config.mjs', '--dir', output];
  const built = await runCommand(pinnedNode(root), args, { cwd: root });
  if (built.code !== 0) {
    process.stderr.write(built.output);
    throw new Failure('The command line could not be bundled.', 'Mend what the bundler says above.');
  }
  for (const kernel of kernels) copyFileSync(kernel, join(output, basename(kernel)));
  // Its pages lie in the desktop's archive: here it would serve nothing.
  rmSync(join(output, 'browser-host.mjs'));
}

function dropMaps(folder) {
  for (const name of readdirSync(folder)) if (name.endsWith('.map')) rmSync(join(folder, name));
}

function copyPackages(root, output) {
  const target = `${process.platform}-${process.arch}`;
  for (const path of productionPackages(root)) {
    const files = filesBelow(join(root, path));
    const wanted = files.filter((file) => isPackaged(file, target));
    // Some say their licence in the README alone.
    if (!wanted.some(isLicence)) wanted.push(...files.filter((file) => /^readme\.md$/i.test(file)));
    for (const file of wanted) {
      const to = join(output, path, file);
      mkdirSync(dirname(to), { recursive: true });
      copyFileSync(join(root, path, file), to);
    }
  }
}

/** Paths below a package's folder, without the packages inside it, which are listed by themselves. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !path.startsWith('node_modules/'));
}

function copyLaunchers(root, output) {
  const name = process.platform === 'win32' ? 'waybill.cmd' : 'waybill';
  copyFileSync(join(root, 'packaging', name), join(output, name));
  chmodSync(join(output, name), 0o755);
}

/** The Node that the command line and the core's children run on, with its licence. */
function copyNode(root, output) {
  const node = process.env.WAYBILL_PACK_NODE || pinnedNode(root);
  const licence = ['LICENSE', '../LICENSE'].map((path) => join(dirname(node), path)).find((path) => existsSync(path));
  if (licence === undefined) {
    throw new Failure(
      `There is no licence beside ${node}, and a Node is not passed on without it.`,
      'Unpack a release of Node and name its executable in WAYBILL_PACK_NODE.',
    );
  }
  mkdirSync(output, { recursive: true });
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  copyFileSync(node, join(output, name));
  chmodSync(join(output, name), 0o755);
  copyFileSync(licence, join(output, 'LICENSE'));
}
