import type { ErrorCode } from '../errors/catalog.ts';

/** A result of checking a plan: a value, not an exception. */
export interface Finding {
  readonly severity: 'error' | 'warning' | 'note';
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string;
  /** 1-based position in the plan file, where there is one. */
  readonly line?: number;
  readonly column?: number;
  /** Keys and places in the plan that lead there: `['format', 'delimiter']`. */
  readonly path?: readonly (string | number)[];
  /** The table and column it speaks of. */
  readonly table?: string;
  readonly field?: string;
}
