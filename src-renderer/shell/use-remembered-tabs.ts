import { useEffect, useRef } from 'react';
import { useSettings } from '../rpc/core-context.tsx';
import { SECTIONS, useWorkbench, type Tab } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { EDITORS } from './sections.tsx';

/** Opens the tabs that were open last, and remembers those that are open now. */
export function useRememberedTabs(): void {
  const { settings, change } = useSettings();
  const tabs = useWorkbench((state) => state.tabs);
  const begun = useRef(false);
  useEffect(() => {
    if (!begun.current) {
      begun.current = true;
      restore(settings.tabs);
      return;
    }
    const now = tabs.map(({ kind, id }) => ({ kind, id }));
    if (JSON.stringify(now) !== JSON.stringify(settings.tabs)) void change({ tabs: now });
    // What is open decides; settings that change for another reason open nothing.
  }, [tabs]); // oxlint-disable-line react-hooks/exhaustive-deps
}

function restore(remembered: readonly { readonly kind: string; readonly id: string }[]): void {
  const tabs = remembered.flatMap(({ kind, id }): Tab[] =>
    isKind(kind) && EDITORS[kind] !== undefined ? [{ kind, id, title: titleOf(kind, id) }] : [],
  );
  const { openTab, showTab } = useWorkbench.getState();
  for (const tab of tabs) openTab(tab);
  const first = tabs[0];
  if (first !== undefined) showTab(`${first.kind}:${first.id}`);
}

const isKind = (kind: string): kind is Tab['kind'] => kind === 'plan' || (SECTIONS as readonly string[]).includes(kind);

/** Until its screen is drawn and knows better. */
function titleOf(kind: Tab['kind'], id: string): string {
  if (kind === 'plan') return (id.split(/[/\\]/).at(-1) ?? id).replace(/(?:\.plan)?\.ya?ml$/i, '');
  return kind === 'explore' ? id : text.shell.sections[kind];
}
