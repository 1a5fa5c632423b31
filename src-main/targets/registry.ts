import type { Target } from '../ports/target.ts';

/** Every kind of delivery target. */
export const targets: readonly Target[] = [];
