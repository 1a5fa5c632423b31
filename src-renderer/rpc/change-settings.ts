import type { QueryClient } from '@tanstack/react-query';
import type { Settings } from '../../src-shared/contract/app.ts';
import type { CoreClient } from '../../src-shared/contract/contract.ts';

export const SETTINGS_KEY = ['app', 'settings'];

interface Kept {
  readonly core: CoreClient;
  /** Where screens look for the settings. */
  readonly client: QueryClient;
  readonly onError: (error: unknown) => void;
}

/**
 * Shows a change of preferences at once and saves it behind that. One that cannot be saved is told, and screens go back to
 * what holds; false then.
 */
export async function changeSettings({ core, client, onError }: Kept, change: Partial<Settings>): Promise<boolean> {
  const before = client.getQueryData<Settings>(SETTINGS_KEY);
  const show = (part: Partial<Settings>): void => {
    client.setQueryData<Settings>(SETTINGS_KEY, (now) => (now === undefined ? now : { ...now, ...part }));
  };
  show(change);
  try {
    await core.app.changeSettings(change);
    return true;
  } catch (error) {
    const changed = new Set(Object.keys(change));
    const old = Object.entries(before ?? {}).filter(([name]) => changed.has(name));
    show(Object.fromEntries(old));
    onError(error);
    // Another change may have been under way with this one: what holds is what the core says.
    await client.invalidateQueries({ queryKey: SETTINGS_KEY });
    return false;
  }
}
