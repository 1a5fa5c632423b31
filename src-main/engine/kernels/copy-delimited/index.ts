import type { FusedKernel } from '../../../ports/kernel.ts';
import { copyBinaryBlock, copyTextBlock } from './block-form.ts';
import { isWithinReach } from './is-within-reach.ts';
import { KernelWriter } from './kernel-writer.ts';

/**
 * COPY text to delimited text in one WebAssembly pass, masks included. Its source is in `assembly/`; the build compiles it
 * to `copy-delimited.wasm`.
 */
export const copyDelimited: FusedKernel = {
  id: 'copy-delimited',
  wire: copyTextBlock.wire,
  plan(request) {
    return isWithinReach(request) ? new KernelWriter(request, copyTextBlock) : null;
  },
};

/** The same from COPY BINARY. */
export const copyBinaryDelimited: FusedKernel = {
  id: 'copy-binary-delimited',
  wire: copyBinaryBlock.wire,
  plan(request) {
    return request.encodings !== null && isWithinReach(request) ? new KernelWriter(request, copyBinaryBlock) : null;
  },
};
