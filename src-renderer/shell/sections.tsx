import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import {
  AuditIcon,
  ExploreIcon,
  LedgerIcon,
  PlanIcon,
  RunIcon,
  SettingsIcon,
  TargetIcon,
  type Icon,
} from '../components/icons.tsx';
import { SECTIONS, type Section, type Tab } from '../state/workbench.ts';

type Screen = LazyExoticComponent<ComponentType>;

/** A screen whose code is fetched when it is first shown. */
function lazyScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load() }));
}

export interface SectionParts {
  readonly section: Section;
  readonly icon: Icon;
  /** The side panel. */
  readonly side: Screen;
  /** The tab that choosing the section brings to the front; null: it changes the side panel only. */
  readonly tab: Tab['kind'] | null;
}

/** The rail, from top to bottom; settings stand apart at its foot. */
export const PARTS: readonly SectionParts[] = [
  {
    section: 'explore',
    icon: ExploreIcon,
    side: lazyScreen(async () => (await import('../features/explore/explore-side.tsx')).ExploreSide),
    tab: null,
  },
  {
    section: 'plans',
    icon: PlanIcon,
    side: lazyScreen(async () => (await import('../features/plan/plans-side.tsx')).PlansSide),
    tab: null,
  },
  {
    section: 'runs',
    icon: RunIcon,
    side: lazyScreen(async () => (await import('../features/runs/runs-side.tsx')).RunsSide),
    tab: 'runs',
  },
  {
    section: 'targets',
    icon: TargetIcon,
    side: lazyScreen(async () => (await import('../features/targets/targets-side.tsx')).TargetsSide),
    tab: 'targets',
  },
  {
    section: 'ledger',
    icon: LedgerIcon,
    side: lazyScreen(async () => (await import('../features/ledger/ledger-side.tsx')).LedgerSide),
    tab: 'ledger',
  },
  {
    section: 'audit',
    icon: AuditIcon,
    side: lazyScreen(async () => (await import('../features/audit/audit-side.tsx')).AuditSide),
    tab: 'audit',
  },
  {
    section: 'settings',
    icon: SettingsIcon,
    side: lazyScreen(async () => (await import('../features/settings/settings-side.tsx')).SettingsSide),
    tab: 'settings',
  },
];

interface EditorProps {
  readonly id: string;
}

/** What stands in the editor area for each kind of tab. */
export const EDITORS: Readonly<Partial<Record<Tab['kind'], LazyExoticComponent<ComponentType<EditorProps>>>>> = {
  explore: lazyScreen(async () => (await import('../features/explore/table-screen.tsx')).TableScreen),
  runs: lazyScreen(async () => (await import('../features/runs/run-screen.tsx')).RunScreen),
  history: lazyScreen(async () => (await import('../features/history/history-screen.tsx')).HistoryScreen),
  targets: lazyScreen(async () => (await import('../features/targets/target-screen.tsx')).TargetScreen),
  ledger: lazyScreen(async () => (await import('../features/ledger/ledger-screen.tsx')).LedgerScreen),
  audit: lazyScreen(async () => (await import('../features/audit/audit-screen.tsx')).AuditScreen),
  settings: lazyScreen(async () => (await import('../features/settings/settings-screen.tsx')).SettingsScreen),
  plan: lazyScreen(async () => (await import('../features/plan/plan-screen.tsx')).PlanScreen),
};

export const partsOf = (section: Section): SectionParts | undefined => PARTS.find((part) => part.section === section);

/** Sections in the order of their keys, Ctrl 1 to 7. */
export const ORDER: readonly Section[] = SECTIONS.filter((section) => partsOf(section) !== undefined);
