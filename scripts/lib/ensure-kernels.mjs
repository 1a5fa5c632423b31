import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contentHash } from './content-hash.mjs';
import { Failure } from './failure.mjs';
import { holdLock } from './hold-lock.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { runCommand } from './run-command.mjs';

/** WebAssembly modules by their sources' folder and what it becomes, beside the code that loads it. */
const KERNELS = [
  {
    source: 'src-main/engine/kernels/copy-delimited/assembly',
    module: 'src-main/engine/kernels/copy-delimited/copy-delimited.wasm',
  },
  { source: 'src-main/formats/csv/assembly', module: 'src-main/formats/csv/csv-scanner.wasm' },
  { source: 'src-main/connectors/sqlite/assembly', module: 'src-main/connectors/sqlite/separator-finder.wasm' },
];

const OPTIONS = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--memoryBase', '16'];

/** Compiles the kernels whose sources changed since the last time; returns the paths of all modules. */
export async function ensureKernels(root) {
  for (const kernel of KERNELS) {
    if (isFresh(root, kernel)) continue;
    await holdLock(`kernels ${root}`, async () => {
      if (!isFresh(root, kernel)) await compile(root, kernel);
    });
  }
  return KERNELS.map(({ module }) => join(root, module));
}

function inputsOf(root, { source }) {
  return contentHash(root, [source, 'scripts/lib/ensure-kernels.mjs', 'package-lock.json']);
}

function stampPath(root, { module }) {
  return join(root, 'dist/kernels', `${module.split('/').at(-1)}.sha256`);
}

function isFresh(root, kernel) {
  const stamp = stampPath(root, kernel);
  if (!existsSync(join(root, kernel.module)) || !existsSync(stamp)) return false;
  return readFileSync(stamp, 'utf8') === inputsOf(root, kernel);
}

async function compile(root, kernel) {
  const inputs = inputsOf(root, kernel);
  const aside = join(root, `${kernel.module}.${process.pid}`);
  const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');
  const args = [compiler, join(kernel.source, 'index.ts'), ...OPTIONS, '--outFile', aside];
  try {
    const { code, output } = await runCommand(pinnedNode(root), args, { cwd: root });
    if (code !== 0) {
      process.stderr.write(output);
      throw new Failure(`The kernel in ${kernel.source} does not compile.`, 'Mend what the compiler says above.');
    }
    renameSync(aside, join(root, kernel.module));
  } finally {
    rmSync(aside, { force: true });
  }
  mkdirSync(dirname(stampPath(root, kernel)), { recursive: true });
  writeFileSync(stampPath(root, kernel), inputs);
}
