import type { Target } from '../ports/target.ts';
import { folder } from './folder/index.ts';
import { sftp } from './sftp/index.ts';

/** Every kind of delivery target, one line each. Options pass the target's own schema before they reach `open`. */
export const targets: readonly Target[] = [sftp, folder];
