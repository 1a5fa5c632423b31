import { create } from 'zustand';
import type { RunSummary } from '../../src-shared/contract/runs.ts';

export const SECTIONS = ['explore', 'plans', 'runs', 'targets', 'ledger', 'audit', 'settings'] as const;
export type Section = (typeof SECTIONS)[number];

/** A tab of the editor area. `id` tells two of one kind apart: a plan's path; empty where there is only one. */
export interface Tab {
  readonly kind: 'plan' | 'history' | Exclude<Section, 'plans'>;
  readonly id: string;
  readonly title: string;
}

export interface WorkbenchState {
  readonly section: Section;
  readonly tabs: readonly Tab[];
  /** Key of the tab in front; null: none is open. */
  readonly active: string | null;
  /** The connection whose tree is shown. */
  readonly connection: string | null;
  /** Key of the tab that was in front when a person chose the connection; null: nobody has. */
  readonly connectionChosenAt: string | null;
  /** The table that the tree and the editor look at. */
  readonly table: readonly [namespace: string, name: string] | null;
  /** The run whose detail is shown. */
  readonly run: string | null;
  /** The plan whose runs over time are shown; null: the one that ran last. */
  readonly historyPlan: Pick<RunSummary, 'plan' | 'planPath'> | null;
  /** The entry of this home's ledger whose detail is shown. */
  readonly ledgerEntry: number | null;
  readonly dialog: Dialog | null;
}

export type Dialog =
  | { readonly kind: 'palette' }
  | { readonly kind: 'keys' }
  | { readonly kind: 'connection'; readonly name: string | null }
  | { readonly kind: 'remove-connection'; readonly name: string };

interface WorkbenchActions {
  readonly showSection: (section: Section) => void;
  readonly openTab: (tab: Tab) => void;
  readonly closeTab: (key: string) => void;
  readonly showTab: (key: string) => void;
  readonly renameTab: (key: string, title: string) => void;
  readonly moveTab: (by: 1 | -1) => void;
  /** By a person: it stays while the tab in front stays. */
  readonly chooseConnection: (name: string | null) => void;
  /** Because of what is shown; a person's own choice at this tab goes before it. */
  readonly followConnection: (name: string | null) => void;
  readonly chooseTable: (table: WorkbenchState['table']) => void;
  readonly chooseRun: (run: string | null) => void;
  readonly chooseHistory: (plan: WorkbenchState['historyPlan']) => void;
  readonly chooseLedgerEntry: (seq: number | null) => void;
  readonly openDialog: (dialog: Dialog | null) => void;
}

export const tabKey = ({ kind, id }: Pick<Tab, 'kind' | 'id'>): string => `${kind}:${id}`;

/** What is open and where the person is: the one state that all screens share. Screens tell it, and it tells the shell. */
export const useWorkbench = create<WorkbenchState & WorkbenchActions>()((set) => ({
  section: 'explore',
  tabs: [],
  active: null,
  connection: null,
  connectionChosenAt: null,
  table: null,
  run: null,
  historyPlan: null,
  ledgerEntry: null,
  dialog: null,
  showSection: (section) => set({ section }),
  openTab: (tab) =>
    set(({ tabs }) => {
      const key = tabKey(tab);
      return { tabs: tabs.some((open) => tabKey(open) === key) ? tabs : [...tabs, tab], active: key };
    }),
  closeTab: (key) =>
    set(({ tabs, active }) => {
      const at = tabs.findIndex((tab) => tabKey(tab) === key);
      const left = tabs.filter((tab) => tabKey(tab) !== key);
      const next = left[Math.min(at, left.length - 1)];
      return { tabs: left, active: active !== key ? active : next === undefined ? null : tabKey(next) };
    }),
  showTab: (key) => set({ active: key }),
  renameTab: (key, title) =>
    set(({ tabs }) => ({ tabs: tabs.map((tab) => (tabKey(tab) === key ? { ...tab, title } : tab)) })),
  moveTab: (by) =>
    set(({ tabs, active }) => {
      const at = tabs.findIndex((tab) => tabKey(tab) === active);
      const next = tabs[(at + by + tabs.length) % tabs.length];
      return next === undefined ? {} : { active: tabKey(next) };
    }),
  chooseConnection: (connection) => set(({ active }) => ({ connection, table: null, connectionChosenAt: active })),
  followConnection: (connection) =>
    set((now) => {
      const isChosen = now.connection !== null && now.active !== null && now.connectionChosenAt === now.active;
      return isChosen ? {} : { connection, table: null };
    }),
  chooseTable: (table) => set({ table }),
  chooseRun: (run) => set({ run }),
  chooseHistory: (historyPlan) => set({ historyPlan }),
  chooseLedgerEntry: (ledgerEntry) => set({ ledgerEntry }),
  openDialog: (dialog) => set({ dialog }),
}));
