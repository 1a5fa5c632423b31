// Started as a process of its own by the lock tests: takes a lock and reports over the channel.
import { createLocks } from '../../../src-main/store/sqlite-locks.ts';

const [path = '', mode = 'hold'] = process.argv.slice(2);
const held = await createLocks().acquire(path, mode === 'try' ? 0 : 10_000);
process.send?.(held === null ? 'busy' : 'held');
if (mode === 'try' || held === null) {
  held?.[Symbol.dispose]();
  process.disconnect();
} else {
  process.once('message', () => {
    held[Symbol.dispose]();
    process.disconnect();
  });
}
