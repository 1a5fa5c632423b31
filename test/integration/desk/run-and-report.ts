// Started as a process of its own: begins a run on a home, and reports its id when rows are being read. Then it waits for
// its end, which comes from outside.
import { openDesk, until } from './runs-rig.ts';

const [home = '', wish = '{}'] = process.argv.slice(2);
const desk = await openDesk(home);
const { run } = await desk.core.runs.start(JSON.parse(wish) as Parameters<typeof desk.core.runs.start>[0]);
await until(desk, run, ({ totals }) => totals.rows > 0);
process.send?.(run);
