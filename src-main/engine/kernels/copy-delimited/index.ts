import type { FusedKernel } from '../../../ports/kernel.ts';
import { CopyDelimitedWriter } from './copy-delimited-writer.ts';
import { isWithinReach } from './is-within-reach.ts';

/**
 * COPY text to delimited text in one WebAssembly pass, masks included. Its source is in `assembly/`; the build compiles it
 * to `copy-delimited.wasm`.
 */
export const copyDelimited: FusedKernel = {
  id: 'copy-delimited',
  wire: 'pg-copy-text',
  plan(request) {
    return isWithinReach(request) ? new CopyDelimitedWriter(request) : null;
  },
};
