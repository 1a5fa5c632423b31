import { settings, type Settings } from '../../../src-shared/contract/app.ts';
import type { JsonDocument } from '../../store/documents.ts';

/** Preferences of the person at this home: nothing in them decides what an export holds. */
export type SettingsFile = JsonDocument<Settings>;

export const settingsSchema = settings;

export const INITIAL_SETTINGS: Settings = {
  theme: 'system',
  showWhitespace: true,
  dismissed: [],
  panels: {},
  tabs: [],
  recentPlans: [],
  packages: null,
  limits: { statementTimeoutMs: 0 },
};
