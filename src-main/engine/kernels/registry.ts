import type { FusedKernel } from '../../ports/kernel.ts';
import {
  copyBinaryDelimited,
  copyDelimited,
  countedPacketsDelimited,
  countedTextDelimited,
} from './copy-delimited/index.ts';

/** Fused kernels, asked in this order. Each is proven byte-equal with the generic path by a fuzz test. */
export const kernels: readonly FusedKernel[] = [
  copyDelimited,
  copyBinaryDelimited,
  countedTextDelimited,
  countedPacketsDelimited,
];
