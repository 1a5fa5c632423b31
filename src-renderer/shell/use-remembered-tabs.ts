import { useEffect, useRef } from 'react';
import { useSettings } from '../rpc/core-context.tsx';
import { SECTIONS, tabKey, useWorkbench, type Tab } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { EDITORS } from './sections.tsx';

/** Opens the tabs that were open last, the same one in front, and remembers those that are open now. */
export function useRememberedTabs(): void {
  const { settings, change } = useSettings();
  const tabs = useWorkbench((state) => state.tabs);
  const active = useWorkbench((state) => state.active);
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) {
      begun.current = true;
      restore(settings.tabs, settings.active);
      return;
    }
    const now = tabs.map(({ kind, id }) => ({ kind, id }));
    const front = active ?? undefined;
    const isSame = JSON.stringify(now) === JSON.stringify(settings.tabs) && front === settings.active;
    if (!isSame) void change({ tabs: now, active: front });
    // What is open decides; settings that change for another reason open nothing.
  }, [tabs, active]); // oxlint-disable-line react-hooks/exhaustive-deps
}

function restore(
  remembered: readonly { readonly kind: string; readonly id: string }[],
  active: string | undefined,
): void {
  const tabs = remembered.flatMap(({ kind, id }): Tab[] =>
    isKind(kind) && EDITORS[kind] !== undefined ? [{ kind, id, title: titleOf(kind, id) }] : [],
  );
  const { openTab, showTab, showSection } = useWorkbench.getState();
  for (const tab of tabs) openTab(tab);
  const front = tabs.find((tab) => tabKey(tab) === active) ?? tabs[0];
  if (front === undefined) return;
  showTab(tabKey(front));
  if (front.kind === 'history') showSection('runs');
  else if (front.kind !== 'plan') showSection(front.kind);
}

const isKind = (kind: string): kind is Tab['kind'] =>
  kind === 'plan' || kind === 'history' || (SECTIONS as readonly string[]).includes(kind);

/** Until its screen is drawn and knows better. */
function titleOf(kind: Tab['kind'], id: string): string {
  const last = id.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  if (kind === 'plan') return last.replace(/(?:\.plan)?\.ya?ml$/i, '');
  if (kind === 'audit' && last !== '') return last;
  if (kind === 'history') return text.history.title;
  return kind === 'explore' ? id : text.shell.sections[kind];
}
