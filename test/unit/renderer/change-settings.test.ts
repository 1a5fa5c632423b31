import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../src-shared/contract/app.ts';
import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import { changeSettings, SETTINGS_KEY } from '../../../src-renderer/rpc/change-settings.ts';
import { showError, useNotices } from '../../../src-renderer/state/notices.ts';

const SAVED: Settings = {
  ...{ theme: 'system', showWhitespace: true, dismissed: [], panels: {}, tabs: [], recentPlans: [], packages: null },
  limits: { statementTimeoutMs: 0 },
};

const FULL = appError('SPOOL/DISK_FULL', { message: 'The change was not saved.', remedy: 'Free some space.' });

describe('a change of preferences', () => {
  let client: QueryClient;
  let refused: Error | null;
  const asked: Partial<Settings>[] = [];
  // The part of the core that is asked here.
  const core = {
    app: {
      changeSettings: (change: Partial<Settings>) => {
        asked.push(change);
        return refused === null ? Promise.resolve({ ...SAVED, ...change }) : Promise.reject(refused);
      },
    },
  } as unknown as CoreClient;
  const shown = (): Settings | undefined => client.getQueryData(SETTINGS_KEY);

  beforeEach(() => {
    client = new QueryClient();
    client.setQueryData(SETTINGS_KEY, SAVED);
    refused = null;
    useNotices.setState({ notices: [] });
  });

  it('shows at once and stays', async () => {
    const saving = changeSettings({ core, client, onError: showError }, { theme: 'dark' });
    expect(shown()?.theme).toBe('dark');
    expect(await saving).toBe(true);
    expect(shown()).toEqual({ ...SAVED, theme: 'dark' });
    expect(useNotices.getState().notices).toEqual([]);
  });

  it('that was not saved goes back to what holds, and is told once until it is put away', async () => {
    refused = FULL;
    for (const theme of ['dark', 'light'] as const) {
      expect(await changeSettings({ core, client, onError: showError }, { theme })).toBe(false);
      expect(shown()).toEqual(SAVED);
    }
    const { notices, dismiss } = useNotices.getState();
    expect(notices.map(({ error }) => [error.code, error.remedy])).toEqual([['SPOOL/DISK_FULL', 'Free some space.']]);
    dismiss(notices[0]?.id ?? 0);
    await changeSettings({ core, client, onError: showError }, { theme: 'dark' });
    expect(useNotices.getState().notices).toHaveLength(1);
  });
});
