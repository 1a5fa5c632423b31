import Button from '@mui/material/Button';
import { useMemo, useState, type ReactNode } from 'react';
import type { TargetFacts } from '../../../src-shared/contract/targets.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { formatMoment } from '../../../src-shared/util/format-moment.ts';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { Status } from '../../components/marks.tsx';
import { ErrorState } from '../../components/states.tsx';
import { useFacts } from '../../rpc/core-context.tsx';
import { useOffer, type Command } from '../../state/commands.ts';
import { text } from '../../text/text.ts';
import { HostKeyChanged } from '../../forms/targets/host-key-changed.tsx';
import { RemoveTargetDialog } from './remove-target-dialog.tsx';
import { TargetSecretDialog } from './target-secret-dialog.tsx';
import { useTargetTest } from './use-target-test.ts';

/** One saved target: where it leads, what it is known by, whether it works now. */
export function TargetDetail({ target }: { readonly target: TargetFacts }): ReactNode {
  const { testing, outcome, test } = useTargetTest(target.name);
  const [asked, ask] = useState<'remove' | 'secret' | 'stored' | null>(null);
  const { targets } = useFacts();
  const takesSecrets = targets.find(({ id }) => id === target.type)?.traits['network'] === true;
  useOffer(useMemo(() => commandsOf({ test, ask, takesSecrets }), [test, takesSecrets]));
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
          <Button variant="contained" disabled={testing} onClick={test}>
            {testing ? text.targets.testing : text.targets.test}
          </Button>
          {takesSecrets ? (
            <Button variant="outlined" onClick={() => ask('secret')}>
              {text.targets.secret.button}
            </Button>
          ) : null}
          <Button variant="outlined" onClick={() => ask('remove')}>
            {text.targets.remove}
          </Button>
        </span>
      </div>
      {outcome !== null && 'answer' in outcome && outcome.answer.left !== null ? (
        <div className="note warn" role="status">
          {text.targets.left(outcome.answer.left)}
        </div>
      ) : null}
      {asked === 'stored' ? (
        <div className="note" role="status">
          {text.targets.secret.stored}
        </div>
      ) : null}
      <TargetFactsList target={target} />
      {outcome !== null && 'error' in outcome ? <TestFailure error={outcome.error} /> : null}
      {asked === 'remove' ? <RemoveTargetDialog name={target.name} onDone={() => ask(null)} /> : null}
      {asked === 'secret' ? (
        <TargetSecretDialog target={target} onDone={() => ask(null)} onStored={() => ask('stored')} />
      ) : null}
    </>
  );
}

interface Offered {
  readonly test: () => void;
  readonly ask: (what: 'remove' | 'secret') => void;
  readonly takesSecrets: boolean;
}

function commandsOf({ test, ask, takesSecrets }: Offered): readonly Command[] {
  const inTargets = (action: string): string => text.shell.actionIn(text.shell.sections.targets, action);
  return [
    { id: 'target-test', title: inTargets(text.targets.test), run: test },
    {
      id: 'target-secret',
      title: inTargets(text.targets.secret.command),
      enabled: takesSecrets,
      run: () => ask('secret'),
    },
    { id: 'target-remove', title: inTargets(text.targets.remove), run: () => ask('remove') },
  ];
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
