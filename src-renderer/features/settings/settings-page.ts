import { create } from 'zustand';

export const SETTINGS_PAGES = ['secrets', 'keys', 'appearance', 'limits', 'folder', 'about'] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

interface SettingsPageState {
  readonly page: SettingsPage;
  readonly show: (page: SettingsPage) => void;
}

/** Which part of the settings is shown. */
export const useSettingsPage = create<SettingsPageState>()((set) => ({
  page: 'secrets',
  show: (page) => set({ page }),
}));
