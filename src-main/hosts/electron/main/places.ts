import { app } from 'electron';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the parts of the desktop lie; all absolute. */
export interface Places {
  readonly pages: string;
  readonly preload: string;
  readonly core: string;
  /** The Node that runs the core's children. */
  readonly node: string;
  readonly documents: string;
  /** Chromium's profile for a home: apart from the home, which holds evidence, and one for each, so that two can be open. */
  readonly profileOf: (home: string | null) => string;
}

/**
 * Installed, the pages lie in the archive, and the core beside it: its children are plain Node processes, which read no
 * archive. In a checkout all of them lie in dist/.
 */
export function placesOf(): Places {
  const beside = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  const resource = (...parts: string[]): string => join(process.resourcesPath, ...parts);
  const nodeName = process.platform === 'win32' ? 'node.exe' : 'node';
  return {
    pages: beside('../renderer'),
    preload: beside('./preload.cjs'),
    core: app.isPackaged ? resource('cli', 'desktop-core.mjs') : beside('../cli/desktop-core.mjs'),
    node: app.isPackaged ? resource('node', nodeName) : (process.env['WAYBILL_NODE'] ?? nodeName),
    documents: app.getPath('documents'),
    profileOf: (home) => join(app.getPath('appData'), 'Waybill Desktop', home === null ? 'default' : shortHash(home)),
  };
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
