import Switch from '@mui/material/Switch';
import type { ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { ValueCell } from '../../components/value-cell.tsx';
import { useSettings } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { PageHead } from './page-head.tsx';

const { settings: words } = text;
const THEMES = (['system', 'light', 'dark'] as const).map((id) => ({ id, title: words.themes[id] }));

/** How values and screens look. */
export function AppearancePage(): ReactNode {
  const { settings, change } = useSettings();
  return (
    <>
      <PageHead title={words.pages.appearance} what={words.what.appearance} />
      <div className="settings-form">
        <div className="field">
          <span className="field-label">{words.theme}</span>
          <span>
            <Segmented
              label={words.theme}
              items={THEMES}
              value={settings.theme}
              onChange={(theme) => void change({ theme })}
            />
          </span>
        </div>
        <Field label={words.whitespace} hint={words.whitespaceHint}>
          {({ id, describedBy }) => (
            <span className="row" style={{ height: 28 }}>
              <Switch
                checked={settings.showWhitespace}
                slotProps={{ input: { id, 'aria-describedby': describedBy } }}
                onChange={(_event, showWhitespace) => void change({ showWhitespace })}
              />
            </span>
          )}
        </Field>
        <div className="field">
          <span className="field-label">{words.whitespaceSample}</span>
          <span className="row" style={{ gap: 16 }}>
            <span className="code-box">
              <ValueCell value={words.sample} marks={settings.showWhitespace} />
            </span>
            <span className="code-box">
              <ValueCell value="" />
            </span>
            <span className="code-box">
              <ValueCell value={null} />
            </span>
          </span>
        </div>
      </div>
    </>
  );
}
