import { expect, it } from 'vitest';
import { nullify } from '../../../src-main/masks/nullify/nullify.ts';
import { CELL_NULL } from '../../../src-shared/model/row-batch.ts';
import { applyMask, batchColumn, readColumn, TEXT } from './apply-mask.ts';

it('makes every value NULL, whatever its form', () => {
  const values = ['Ada', null, '', 'a\tb'];
  const { texts, flags } = applyMask(nullify, values, { options: {}, escaped: true });
  expect(texts).toEqual([null, null, null, null]);
  expect(flags).toEqual([CELL_NULL, CELL_NULL, CELL_NULL, CELL_NULL]);
  const column = batchColumn('subject', { kind: 'bytes', maxBytes: null }, 'raw');
  expect(applyMask(nullify, ['00ff', null], { options: {}, column }).texts).toEqual([null, null]);
});

it('fits nullable columns of every type and no other', () => {
  const int = { kind: 'int', bits: 64, signed: true } as const;
  expect(nullify.fit(readColumn(int, true), {})).toEqual({ ok: true, type: int, nullable: true });
  expect(nullify.fit(readColumn({ kind: 'array', of: TEXT }, true), {}).ok).toBe(true);
  expect(nullify.fit(readColumn(int, false), {}).ok).toBe(false);
});
