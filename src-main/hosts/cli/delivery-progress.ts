import type { DeliveryEvent } from '../../app/send-files.ts';
import type { CliIo } from './cli-io.ts';
import { size, type ProgressMode } from './progress.ts';
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
    if (mode === 'plain') io.stderr.write(`${line}\n`);
    else io.stderr.write(`\r\u001b[2K${line}${event.type === 'finished' ? '\n' : ''}`);
  };
}

function describe({ type, path, doneBytes, totalBytes }: DeliveryEvent, elapsedMs: number): string {
  const rate = elapsedMs < 500 ? '' : `, ${size(Math.round((doneBytes * 1000) / elapsedMs))}/s`;
  return `${terminalSafe(path)}: ${WORDS[type]}, ${size(doneBytes)} of ${size(totalBytes)}${rate}`;
}
