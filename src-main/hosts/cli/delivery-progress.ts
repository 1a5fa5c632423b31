import type { DeliveryEvent } from '../../app/send-files.ts';
import type { CliIo } from './cli-io.ts';
import { formatBytes } from '../../../src-shared/util/format-number.ts';
import { writeBar, writeWrapped, type ProgressMode } from './progress.ts';
import { terminalSafe } from './terminal-safe.ts';

const PLAIN_EVERY_MS = 2000;
const WORDS = { comparing: 'comparing', sending: 'sending', checking: 'reading back', finished: 'delivered' } as const;

/** A function that shows how far a delivery is, on stderr. */
export function showDelivery(mode: ProgressMode, io: CliIo): (event: DeliveryEvent) => void {
  if (mode === 'none') return () => undefined;
  if (mode === 'json') return (event) => void io.stderr.write(`${JSON.stringify(event)}\n`);
  const started = Date.now();
  let last = 0;
  let step = '';
  return (event) => {
    const now = Date.now();
    const isNew = step !== `${event.type} ${event.path}`;
    if (!isNew && now - last < (mode === 'bar' ? 100 : PLAIN_EVERY_MS)) return;
    step = `${event.type} ${event.path}`;
    last = now;
    const line = describe(event, now - started);
    if (mode === 'plain') return writeWrapped(io, line);
    writeBar(io, line);
    if (event.type === 'finished') io.stderr.write('\n');
  };
}

function describe({ type, path, doneBytes, totalBytes }: DeliveryEvent, elapsedMs: number): string {
  const rate = elapsedMs < 500 ? '' : `, ${formatBytes(Math.round((doneBytes * 1000) / elapsedMs))}/s`;
  return `${terminalSafe(path)}: ${WORDS[type]}, ${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}${rate}`;
}
