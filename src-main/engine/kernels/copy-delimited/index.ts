import type { CellEncoding, FusedKernel, KernelRequest } from '../../../ports/kernel.ts';
import { copyBinaryBlock, copyTextBlock, countedPacketsBlock, countedTextBlock, type BlockForm } from './block-form.ts';
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

/** The same from counted cells. */
export const countedTextDelimited = countedKernel('counted-text-delimited', countedTextBlock);

/** The same from counted cells with a header before each row. */
export const countedPacketsDelimited = countedKernel('counted-packets-delimited', countedPacketsBlock);

/** 32-bit floats come as the double they equal, and their shortest text is not found here. */
function countedKernel(id: string, form: BlockForm): FusedKernel {
  return {
    id,
    wire: form.wire,
    plan(request) {
      if (request.schema.columns.some(({ type }) => type.kind === 'float' && type.bits === 32)) return null;
      if (!isWithinReach(request)) return null;
      return new KernelWriter({ ...request, encodings: countedEncodings(request.schema) }, form);
    },
  };
}

/** Which cells are no text. */
function countedEncodings({ columns }: KernelRequest['schema']): readonly CellEncoding[] {
  return columns.map(({ form }) => (form === 'raw' ? 'bytes' : 'text'));
}
