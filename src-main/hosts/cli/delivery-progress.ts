import type { DeliveryEvent } from '../../app/send-files.ts';
import type { CliIo } from './cli-io.ts';
import { formatBytes } from '../../../src-shared/util/format-number.ts';
import { writeBar, writeWrapped, type ProgressMode } from './progress.ts';
import { terminalSafe } from './terminal-safe.ts';

const PLAIN_EVERY_MS = 2000;
const SOONEST_MS = 500;
const WORDS = { comparing: 'comparing', sending: 'sending', checking: 'reading back', finished: 'delivered' } as const;

/** A function that shows how far a delivery is, on stderr. */
export function showDelivery(mode: ProgressMode, io: CliIo): (event: DeliveryEvent) => void {
  if (mode === 'none') return () => undefined;
  if (mode === 'json') return (event) => void io.stderr.write(`${JSON.stringify(event)}\n`);
  const rate = new DeliveryRate();
  let last = 0;
  let step = '';
  return (event) => {
    const now = Date.now();
    const isNew = step !== `${event.type} ${event.path}`;
    step = `${event.type} ${event.path}`;
    const bytesPerSecond = rate.of(event, now);
    // A bar shows each step; of lines that stay there is one for each file, and more of one that takes its time.
    const isTold = mode === 'bar' ? isNew : event.type === 'finished';
    if (!isTold && now - last < (mode === 'bar' ? 100 : PLAIN_EVERY_MS)) return;
    last = now;
    const line = describe(event, bytesPerSecond);
    if (mode === 'plain') return writeWrapped(io, line);
    writeBar(io, line);
    if (event.type === 'finished') io.stderr.write('\n');
  };
}

/** From the first that is told of a delivery on: a run read before it, and some of it may be there already. */
class DeliveryRate {
  #first = { at: 0, bytes: 0 };
  #last = Infinity;

  /** null: it is too early to tell. */
  of({ doneBytes }: DeliveryEvent, at: number): number | null {
    // One to the next target begins anew.
    if (doneBytes < this.#last) this.#first = { at, bytes: doneBytes };
    this.#last = doneBytes;
    const took = at - this.#first.at;
    return took < SOONEST_MS ? null : Math.round(((doneBytes - this.#first.bytes) * 1000) / took);
  }
}

function describe({ type, path, doneBytes, totalBytes }: DeliveryEvent, bytesPerSecond: number | null): string {
  const rate = bytesPerSecond === null ? '' : `, ${formatBytes(bytesPerSecond)}/s`;
  return `${terminalSafe(path)}: ${WORDS[type]}, ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}${rate}`;
}
