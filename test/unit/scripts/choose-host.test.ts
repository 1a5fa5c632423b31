import { describe, expect, it } from 'vitest';
import { chooseHost } from '../../../scripts/lib/choose-host.mjs';

const AT_A_DESK = { env: { DISPLAY: ':0' }, platform: 'linux', uid: 1000 };

describe('the host that npm start chooses', () => {
  it('is Electron where a person sits at a display', () => {
    expect(chooseHost(AT_A_DESK)).toEqual({ host: 'electron', isAsked: false, why: null });
    expect(chooseHost({ ...AT_A_DESK, env: { WAYLAND_DISPLAY: 'wayland-0' } }).host).toBe('electron');
    expect(chooseHost({ env: {}, platform: 'darwin', uid: 501 }).host).toBe('electron');
    expect(chooseHost({ env: {}, platform: 'win32', uid: undefined }).host).toBe('electron');
  });

  it('is the browser where Electron could not open a window, and says why', () => {
    const remote = chooseHost({ ...AT_A_DESK, env: { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' } });
    expect(remote).toMatchObject({ host: 'browser', isAsked: false });
    expect(remote.why).toContain('no display');
    expect(chooseHost({ ...AT_A_DESK, uid: 0 }).why).toContain('root');
  });

  it('is the one that was asked for, the flag before the variable', () => {
    const env = { DISPLAY: ':0', WAYBILL_HOST: 'browser' };
    expect(chooseHost({ ...AT_A_DESK, env })).toMatchObject({ host: 'browser', isAsked: true });
    expect(chooseHost({ ...AT_A_DESK, env, flag: 'electron' })).toMatchObject({ host: 'electron', isAsked: true });
    expect(() => chooseHost({ ...AT_A_DESK, flag: 'tui' })).toThrow('tui');
  });
});
