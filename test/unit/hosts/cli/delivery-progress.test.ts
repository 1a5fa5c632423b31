import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeliveryEvent } from '../../../../src-main/app/send-files.ts';
import type { CliIo } from '../../../../src-main/hosts/cli/cli-io.ts';
import { showDelivery } from '../../../../src-main/hosts/cli/delivery-progress.ts';

const MIB = 1024 * 1024;

describe('the progress of a delivery in lines', () => {
  let said = '';
  let show: (event: DeliveryEvent) => void;
  beforeEach(() => {
    vi.useFakeTimers();
    said = '';
    const stderr = { write: (text: string) => ((said += text), true) } as unknown as NodeJS.WriteStream;
    show = showDelivery('plain', { stderr, env: {} } as unknown as CliIo);
  });
  afterEach(() => vi.useRealTimers());

  const send = (path: string, type: DeliveryEvent['type'], [done, total]: readonly [number, number]): void =>
    show({ type, path, doneBytes: done * MIB, totalBytes: total * MIB });

  it('counts its rate from its own beginning, not from that of the run', () => {
    // The run that is delivered read for so long.
    vi.advanceTimersByTime(60_000);
    send('a', 'sending', [0, 20]);
    vi.advanceTimersByTime(1000);
    send('a', 'finished', [10, 20]);
    expect(said).toMatch(/^a: delivered, 10\.0 MiB of 20\.0 MiB, 10\.0 MiB\/s$/m);
  });

  it('leaves out of it what was there already, and begins anew with the next target', () => {
    send('a', 'sending', [15, 20]);
    vi.advanceTimersByTime(1000);
    send('a', 'finished', [20, 20]);
    expect(said).toMatch(/, 5\.0 MiB\/s$/m);
    vi.advanceTimersByTime(60_000);
    send('b', 'sending', [0, 20]);
    vi.advanceTimersByTime(1000);
    send('b', 'finished', [20, 20]);
    expect(said).toMatch(/^b: delivered, .*, 20\.0 MiB\/s$/m);
  });

  it('has one line for a small file, and more only for one that takes its time', () => {
    for (const path of ['a', 'b', 'c']) {
      for (const type of ['sending', 'checking', 'finished'] as const) send(path, type, [1, 20]);
    }
    expect(said.split('\n').filter((line) => /^[bc]: /.test(line))).toHaveLength(2);
    send('d', 'sending', [1, 20]);
    vi.advanceTimersByTime(2500);
    send('d', 'sending', [2, 20]);
    expect(said).toMatch(/^d: sending, 2\.0 MiB of 20\.0 MiB/m);
  });
});
