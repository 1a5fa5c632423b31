import { callerFolder } from './caller-folder.mjs';
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
