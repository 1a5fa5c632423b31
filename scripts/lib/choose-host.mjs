import { Failure } from './failure.mjs';

const HOSTS = ['electron', 'browser'];

/**
 * Which window Waybill opens. `isAsked`: somebody named it, so nothing else will do; `why`: what speaks against Electron.
 *
 * @param {{ flag?: string, env: NodeJS.ProcessEnv, platform: string, uid: number | undefined }} surroundings
 * @returns {{ host: 'electron' | 'browser', isAsked: boolean, why: string | null }}
 */
export function chooseHost({ flag, env, platform, uid }) {
  const asked = flag ?? (env.WAYBILL_HOST || undefined);
  if (asked !== undefined && !HOSTS.includes(asked)) {
    throw new Failure(`There is no host “${asked}”.`, 'Use --host electron or --host browser.');
  }
  if (asked !== undefined) return { host: asked, isAsked: true, why: null };
  const why = obstacle({ env, platform, uid });
  return { host: why === null ? 'electron' : 'browser', isAsked: false, why };
}

function obstacle({ env, platform, uid }) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display here';
  // Its sandbox is a reason to use it; we never turn that off.
  return uid === 0 ? 'Electron does not run as root' : null;
}
