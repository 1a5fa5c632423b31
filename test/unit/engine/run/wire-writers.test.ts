import { expect, it } from 'vitest';
import type { TableJob } from '../../../../src-main/engine/run/table-job.ts';
import { WireWriters } from '../../../../src-main/engine/run/wire-writers.ts';
import type { WireWriter } from '../../../../src-main/ports/kernel.ts';

it('uses the writer of a finished part for the next one, as long as the table is read', () => {
  let opened = 0;
  const openWireWriter = (): WireWriter => ({ wire: `${++opened}`, write: () => undefined, endOf: () => 0 });
  const writers = new WireWriters({ name: 't', openWireWriter } as unknown as TableJob);
  const { openWireWriter: open, closeWireWriter: close } = writers.job;
  const [first, second] = [open(), open()];
  expect([first?.wire, second?.wire]).toEqual(['1', '2']);
  if (second !== null) close?.(second);
  expect(open()).toBe(second);
  expect(open()?.wire).toBe('3');
  writers.drop();
  if (first !== null) close?.(first);
  expect(open()?.wire).toBe('4');
});
