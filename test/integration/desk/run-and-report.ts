// Started as a process of its own: begins a run on a home, and reports its id when rows are being read. Then it waits for
// its end, which comes from outside.
import { openDesk, reviewed, until } from './runs-rig.ts';

const [home = '', wish = '{}'] = process.argv.slice(2);
const desk = await openDesk(home);
const given = JSON.parse(wish) as { path: string; base: string; folder: string };
const { run } = await desk.core.runs.start(await reviewed(desk.core, given));
await until(desk, run, ({ totals }) => totals.rows > 0);
process.send?.(run);
