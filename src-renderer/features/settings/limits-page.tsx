import OutlinedInput from '@mui/material/OutlinedInput';
import { useState, type ReactNode } from 'react';
import { Field } from '../../components/field.tsx';
import { useSettings } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';
import { PageHead } from './page-head.tsx';

const { settings: words } = text;
const SECONDS = /^\d{0,6}$/;

/** What a new plan begins with. */
export function LimitsPage(): ReactNode {
  const { settings, change } = useSettings();
  const [edited, setEdited] = useState<string | null>(null);
  const typed = edited ?? shown(settings.limits.statementTimeoutMs);
  const isBad = !SECONDS.test(typed.trim());
  const save = async (seconds: string): Promise<void> => {
    // What was not saved does not stay in the field as if it were.
    if (!(await change({ limits: { statementTimeoutMs: Number(seconds) * 1000 } }))) setEdited(null);
  };
  return (
    <>
      <PageHead title={words.pages.limits} what={words.what.limits} />
      <div className="settings-form">
        <Field
          label={words.statementTimeout}
          hint={words.statementTimeoutHint}
          error={isBad ? words.badSeconds : undefined}
        >
          {({ id, describedBy }) => (
            <span className="row">
              <OutlinedInput
                id={id}
                value={typed}
                error={isBad}
                placeholder="0"
                sx={{ width: 120 }}
                inputProps={{ 'aria-describedby': describedBy, inputMode: 'numeric', className: 'figures' }}
                onChange={(event) => {
                  const next = event.target.value;
                  setEdited(next);
                  if (SECONDS.test(next.trim())) void save(next);
                }}
              />
              <span className="second">{words.seconds}</span>
            </span>
          )}
        </Field>
      </div>
    </>
  );
}

const shown = (ms: number): string => (ms === 0 ? '' : String(Math.round(ms / 1000)));
