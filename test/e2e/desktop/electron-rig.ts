import { join } from 'node:path';
import { _electron } from 'playwright';
import { ensureDesktop } from '../../../scripts/lib/ensure-desktop.mjs';
import { findRuntime } from '../../../scripts/lib/electron/find-runtime.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import type { Launch, OpenHost } from './rig.ts';

/** The name that the shell gives the core's process. */
const CORE = 'waybill-core';

/** The desktop in Electron itself. Where its runtime is not there, a test that asks for it fails and says so. */
export async function launchElectron(home: string, { options, env }: Launch): Promise<OpenHost> {
  const executablePath = findRuntime(join(projectRoot, 'node_modules/electron'));
  if (executablePath === null) {
    throw new Error(
      'WAYBILL_E2E_HOST=electron needs Electron’s runtime in node_modules/electron/dist or ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  await ensureDesktop(projectRoot);
  const { DISPLAY = '', WAYLAND_DISPLAY = '', XDG_RUNTIME_DIR = '' } = process.env;
  const application = await _electron.launch({
    executablePath,
    args: [projectRoot, '--home', home],
    colorScheme: options.colorScheme ?? 'light',
    env: { ...env, DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR, WAYBILL_NODE: pinnedNode(projectRoot) },
  });
  const page = await application.firstWindow();
  await page.setViewportSize({ width: options.width ?? 1280, height: options.height ?? 800 });
  // The core is forked when the page first asks for it.
  await page.getByRole('navigation', { name: 'Sections' }).waitFor();
  return {
    page,
    context: application.context(),
    corePid: await application.evaluate(
      ({ app }, name) => app.getAppMetrics().find((each) => each.serviceName === name || each.name === name)?.pid ?? 0,
      CORE,
    ),
    open: () => Promise.resolve(),
    end: () => application.close(),
  };
}
