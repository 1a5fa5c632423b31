import * as fc from 'fast-check';
import { expect } from 'vitest';
import { csv } from '../../../../src-main/formats/csv/index.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';
import { options } from './kernel-arbitraries.ts';
import { asText, throughCells, throughKernel, type Case } from './kernel-case.ts';

export interface Ways<Rows> {
  readonly rows: fc.Arbitrary<Rows>;
  readonly masks: fc.Arbitrary<Case['masks']>;
  readonly make: (chosen: { readonly rows: Rows } & Pick<Case, 'masks' | 'options'>) => Case;
  readonly runs: number;
}

/** Random rows, masks and options both ways, byte for byte. Returns how many of them the kernel took. */
export function compareWays<Rows>({ rows, masks, make, runs }: Ways<Rows>): number {
  let compared = 0;
  fc.assert(
    fc.property(rows, masks, options, (some, chosen, given) => {
      const parsed = csv.options.safeParse(given);
      if (!parsed.success) return;
      const one = make({ rows: some, masks: chosen, options: parsed.data });
      let made: ReturnType<typeof throughKernel>;
      try {
        made = throughKernel(one);
      } catch (error) {
        if (isAppError(error, 'FORMAT/OPTION_INVALID')) return;
        throw error;
      }
      if (made === null) return;
      compared++;
      expect(asText(made)).toBe(asText(throughCells(one)));
    }),
    { numRuns: runs },
  );
  return compared;
}
