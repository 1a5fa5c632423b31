import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { pinnedNode } from './pinned-node.mjs';
import { projectRoot } from './project-root.mjs';
import { relay } from './relay.mjs';

/** Runs the built command line on the pinned Node and returns its exit code. */
export async function runWaybill(args) {
  await ensureInstalled(projectRoot);
  const bundle = await ensureBuilt(projectRoot);
  return relay(pinnedNode(projectRoot), [bundle, ...args], { cwd: callerFolder() });
}

/** `npm run` goes to the project's folder first; paths in the arguments are relative to where the person stands. */
function callerFolder() {
  const isUnderNpm = ['waybill', 'start'].includes(process.env.npm_lifecycle_event ?? '');
  return (isUnderNpm ? process.env.INIT_CWD : undefined) ?? process.cwd();
}
