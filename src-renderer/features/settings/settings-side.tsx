import type { ReactNode } from 'react';
import { useAnswer, useFacts, useSettings } from '../../rpc/core-context.tsx';
import { useOffer, type Command } from '../../state/commands.ts';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { SETTINGS_PAGES, useSettingsPage, type SettingsPage } from './settings-page.ts';

const title = text.shell.sections.settings;

function open(page: SettingsPage): void {
  useSettingsPage.getState().show(page);
  useWorkbench.getState().openTab({ kind: 'settings', id: '', title });
}

const WAYS: readonly Command[] = SETTINGS_PAGES.map((page) => ({
  id: `settings-${page}`,
  title: text.shell.actionIn(title, text.settings.pages[page]),
  run: () => open(page),
}));

/** The parts of the settings, each with where it stands now. */
export function SettingsSide(): ReactNode {
  const page = useSettingsPage((state) => state.page);
  useOffer(WAYS);
  const values = useValues();
  return (
    <>
      <div className="side-head">{title}</div>
      <nav style={{ paddingTop: 4 }} aria-label={title}>
        {SETTINGS_PAGES.map((each) => (
          <button
            key={each}
            type="button"
            className="list-item"
            aria-current={each === page}
            onClick={() => open(each)}
          >
            <span className="first">
              <span className={each === page ? 'strong no-wrap' : 'no-wrap'}>{text.settings.pages[each]}</span>
              <span className="push small faint figures ellipsis">{values[each]}</span>
            </span>
          </button>
        ))}
      </nav>
    </>
  );
}

function useValues(): Readonly<Record<SettingsPage, string>> {
  const { version } = useFacts();
  const { settings } = useSettings();
  const { data: keys } = useAnswer(['keys', 'list'], (core, signal) => core.keys.list(undefined, { signal }));
  const { data: secrets } = useAnswer(['secrets', 'status'], (core, signal) =>
    core.secrets.status(undefined, { signal }),
  );
  const inUse = keys?.filter(({ destroyed }) => destroyed === null).length;
  const chosen = secrets?.chosen ?? null;
  return {
    secrets: chosen === null ? '' : text.secrets.brief[chosen],
    keys: inUse === undefined ? '' : text.settings.key.count(inUse),
    appearance: text.settings.themes[settings.theme],
    limits: '',
    folder: '',
    about: version,
  };
}
