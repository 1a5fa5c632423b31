import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useId, type ReactNode } from 'react';
import { DialogFoot } from '../../components/dialog-foot.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useAnswer } from '../../rpc/core-context.tsx';
import { text } from '../../text/text.ts';

const words = text.runs.resume;

interface ResumeProps {
  readonly run: string;
  /** Whether finished tables are kept; null: it was not meant. */
  readonly onDone: (keep: boolean | null) => void;
}

/** What going on with a run would keep and read: tables of two moments come together only when a person says so. */
export function ResumeDialog({ run, onDone }: ResumeProps): ReactNode {
  const id = useId();
  const { data, error } = useAnswer(['runs', 'resumable', run], (core, signal) =>
    core.runs.resumable({ run }, { signal }),
  );
  const keeps = data !== undefined && data.kept.length + data.parts.length > 0;
  const isMixed = keeps && data.rest.length > 0;
  return (
    <Dialog open onClose={() => onDone(null)} aria-labelledby={id} slotProps={{ paper: { sx: { width: 520 } } }}>
      <div className="dialog-head">
        <h2 id={id}>{words.title}</h2>
      </div>
      <div className="column dialog-body resume-body">
        {error !== null ? <ErrorState error={error} /> : null}
        {data === undefined && error === null ? <LoadingState what={words.looking} /> : null}
        {data === undefined ? null : (
          <>
            <Names title={words.kept(data.kept.length)} names={data.kept} />
            {data.parts.length === 0 ? null : <Names title={words.parts} names={data.parts.map(words.partsOf)} />}
            <Names title={words.rest(data.rest.length)} names={data.rest} />
            {isMixed ? <span>{words.twoMoments}</span> : null}
            <span className="second">{words.package}</span>
          </>
        )}
      </div>
      <DialogFoot onCancel={() => onDone(null)}>
        {keeps ? (
          <Button variant="outlined" onClick={() => onDone(false)}>
            {words.startOver}
          </Button>
        ) : null}
        <Button variant="contained" disabled={data === undefined} onClick={() => onDone(keeps)}>
          {data !== undefined && !keeps ? words.startOver : words.goOn}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const SHOWN = 6;

function Names({ title, names }: { readonly title: string; readonly names: readonly string[] }): ReactNode {
  return (
    <div>
      <div className="strong">{title}</div>
      {names.slice(0, SHOWN).map((name) => (
        <div key={name} className="data">
          <MiddleEllipsis text={name} />
        </div>
      ))}
      {names.length > SHOWN ? <div className="second">{words.more(names.length - SHOWN)}</div> : null}
    </div>
  );
}
