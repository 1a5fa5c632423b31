import type { ReactNode } from 'react';
import { AboutPage } from './about-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { FolderPage } from './folder-page.tsx';
import { KeysPage } from './keys-page.tsx';
import { LimitsPage } from './limits-page.tsx';
import { SecretsPage } from './secrets-page.tsx';
import { useSettingsPage, type SettingsPage } from './settings-page.ts';
import './settings.css';

const PAGES: Readonly<Record<SettingsPage, () => ReactNode>> = {
  secrets: SecretsPage,
  keys: KeysPage,
  appearance: AppearancePage,
  limits: LimitsPage,
  folder: FolderPage,
  about: AboutPage,
};

/** The part of the settings that the side panel points at. */
export function SettingsScreen(): ReactNode {
  const page = useSettingsPage((state) => state.page);
  const Page = PAGES[page];
  return <Page key={page} />;
}
