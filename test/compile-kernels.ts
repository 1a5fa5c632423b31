import { ensureKernels } from '../scripts/lib/ensure-kernels.mjs';
import { projectRoot } from './architecture/source-file.ts';

/** Tests run from source, and the compiled kernels lie beside it. */
export default async function setup(): Promise<void> {
  await ensureKernels(projectRoot);
}
