import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import { useId, useState, type ReactNode } from 'react';
import type { TargetAnswer, TargetFacts } from '../../../src-shared/contract/runs.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { Status } from '../../components/marks.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useCore, useFacts } from '../../rpc/core-context.tsx';
import { showError } from '../../state/notices.ts';
import { text } from '../../text/text.ts';
import { HostKeyChanged } from '../../forms/targets/host-key-changed.tsx';

/** One saved target: where it leads, what it is known by, whether it works now. */
export function TargetDetail({ target }: { readonly target: TargetFacts }): ReactNode {
  const core = useCore();
  const [testing, setTesting] = useState(false);
  const [outcome, setOutcome] = useState<{ answer: TargetAnswer } | { error: unknown } | null>(null);
  const [asksRemoval, setAsksRemoval] = useState(false);
  const test = async (): Promise<void> => {
    setTesting(true);
    try {
      setOutcome({ answer: await core.targets.test({ name: target.name }) });
    } catch (error) {
      setOutcome({ error });
    } finally {
      setTesting(false);
    }
  };
  return (
    <>
      <div className="target-head">
        <h1>
          <MiddleEllipsis text={target.name} />
        </h1>
        {outcome !== null && 'answer' in outcome ? (
          <Status tone="ok">
            <span className="figures">{text.targets.works(formatMoment(outcome.answer.testedAt))}</span>
          </Status>
        ) : null}
        <span className="push row">
          <Button variant="contained" disabled={testing} onClick={() => void test()}>
            {testing ? text.targets.testing : text.targets.test}
          </Button>
          <Button variant="outlined" onClick={() => setAsksRemoval(true)}>
            {text.targets.remove}
          </Button>
        </span>
      </div>
      {outcome !== null && 'answer' in outcome && outcome.answer.left !== null ? (
        <div className="note warn" role="status">
          {text.targets.left(outcome.answer.left)}
        </div>
      ) : null}
      <TargetFactsList target={target} />
      {outcome !== null && 'error' in outcome ? <TestFailure error={outcome.error} /> : null}
      {asksRemoval ? <RemoveDialog name={target.name} onDone={() => setAsksRemoval(false)} /> : null}
    </>
  );
}

function TargetFactsList({ target }: { readonly target: TargetFacts }): ReactNode {
  const { targets } = useFacts();
  const words = text.targets.facts;
  const kind = targets.find(({ id }) => id === target.type)?.title ?? target.type;
  const secrets = target.secrets.map((secret) => text.targets[secret]).join(', ');
  return (
    <dl className="facts target-facts">
      <dt>{words.kind}</dt>
      <dd>{kind}</dd>
      <dt>{words.place}</dt>
      <dd className="data">{target.place}</dd>
      {target.hostKey === null ? null : (
        <>
          <dt>{text.targets.hostKey.pinnedFact}</dt>
          <dd className="data">{target.hostKey}</dd>
        </>
      )}
      <dt>{words.secrets}</dt>
      <dd>{secrets === '' ? words.none : words.inVault(secrets)}</dd>
    </dl>
  );
}

function TestFailure({ error }: { readonly error: unknown }): ReactNode {
  if (isAppError(error, 'TARGET/HOST_KEY_CHANGED')) return <HostKeyChanged error={error} />;
  return <ErrorState error={error} />;
}

function RemoveDialog({ name, onDone }: { readonly name: string; readonly onDone: () => void }): ReactNode {
  const core = useCore();
  const id = useId();
  const remove = (): void => {
    void core.targets.remove({ name }).then(onDone, (error: unknown) => {
      showError(error);
      onDone();
    });
  };
  return (
    <Dialog open onClose={onDone} aria-labelledby={id} slotProps={{ paper: { sx: { width: 420 } } }}>
      <div className="column dialog-body" id={id} style={{ overflowWrap: 'anywhere' }}>
        {text.targets.removeWhat(name)}
      </div>
      <div className="dialog-foot">
        <span className="push row">
          <Button variant="text" onClick={onDone}>
            {text.everywhere.cancel}
          </Button>
          <Button variant="contained" color="error" onClick={remove}>
            {text.targets.remove}
          </Button>
        </span>
      </div>
    </Dialog>
  );
}
