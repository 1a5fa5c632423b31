import Tooltip from '@mui/material/Tooltip';
import type { ReactNode } from 'react';
import { printedKeys } from '../state/commands.ts';
import { useWorkbench } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { goToSection } from './go-to-section.ts';
import { ORDER, PARTS } from './sections.tsx';

/** The sections at the left edge. */
export function Rail({ runsAlive }: { readonly runsAlive: number }): ReactNode {
  const current = useWorkbench((state) => state.section);
  return (
    <nav className="rail" aria-label={text.shell.railLabel}>
      {PARTS.map(({ section, icon: SectionIcon }) => (
        <span key={section} style={section === 'settings' ? { marginTop: 'auto' } : undefined}>
          <Tooltip
            placement="right"
            // It lies over the panel beside the rail: the pointer on its way there must not land on it.
            disableInteractive
            title={`${text.shell.sections[section]}  ${printedKeys(`mod+${ORDER.indexOf(section) + 1}`)}`}
          >
            <button
              type="button"
              aria-label={text.shell.sections[section]}
              aria-current={section === current ? 'page' : undefined}
              onClick={() => goToSection(section)}
            >
              <SectionIcon size={20} />
              {section === 'runs' && runsAlive > 0 ? <i className="dot" /> : null}
            </button>
          </Tooltip>
        </span>
      ))}
    </nav>
  );
}
