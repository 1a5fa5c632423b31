import { useWorkbench, type Section } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { partsOf } from './sections.tsx';

/** Shows a section's side panel, and its tab where it has one. */
export function goToSection(section: Section): void {
  const { showSection, openTab } = useWorkbench.getState();
  showSection(section);
  const kind = partsOf(section)?.tab ?? null;
  if (kind !== null) openTab({ kind, id: '', title: text.shell.sections[section] });
}
