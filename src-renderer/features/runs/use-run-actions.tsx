import { useCallback, useMemo, useState, type ReactNode } from 'react';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import type { VerifyFacts } from '../../../src-shared/contract/parts.ts';
import { isAppError } from '../../../src-shared/errors/app-error.ts';
import { isAlive } from '../../../src-shared/model/run-state.ts';
import { copyText } from '../../components/copy-text.ts';
import { isAllWritten } from '../../components/run-moving.ts';
import { DeliverDialog } from '../../forms/deliver-dialog.tsx';
import { useCore } from '../../rpc/core-context.tsx';
import { cancelRun } from '../../rpc/live-runs.ts';
import { useOffer, type Command } from '../../state/commands.ts';
import { showError } from '../../state/notices.ts';
import { showLedgerEntry, showRun } from '../../state/show-run.ts';
import { text } from '../../text/text.ts';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { ResumeDialog } from './resume-dialog.tsx';

export interface Verified {
  readonly result: VerifyFacts;
  readonly at: string;
}

export interface RunActions {
  readonly cancel: () => void;
  readonly pause: () => void;
  readonly goOn: () => void;
  readonly openFolder: () => void;
  readonly verify: () => void;
  readonly deliver: () => void;
  readonly showLedger: () => void;
  readonly repeat: (failedOnly: boolean) => void;
  /** Asks what is to be kept, then goes on. */
  readonly resume: () => void;
  /** What is being done now; null: nothing. */
  readonly busy: 'verify' | 'repeat' | null;
  readonly verified: Verified | null;
  /** The folder was to be shown and could not: its path is on the clipboard. */
  readonly isNotShown: boolean;
  /** Puts away what was said of the last verification, or of the folder. */
  readonly dismiss: () => void;
  /** Draw it somewhere. */
  readonly dialog: ReactNode;
}

/** The new run that is to begin. */
type Begin = { readonly failedOnly: boolean } | { readonly keep: boolean };

type Asked = { readonly kind: 'deliver' | 'resume' } | { readonly kind: 'confirm'; readonly begin: Begin };

type Question = { readonly kind: 'deliver' | 'resume' } | { readonly kind: 'repeat'; readonly failedOnly: boolean };

/** What can be done with a run, from its head and from the palette. */
export function useRunActions(run: RunDetail): RunActions {
  const core = useCore();
  const { busy, work } = useWork();
  const [verified, setVerified] = useState<Verified | null>(null);
  const [isNotShown, setNotShown] = useState(false);
  const { run: id, package: folder, ledgerSeq } = run;
  const { ask, dialog } = useNewRun(run, work);
  const actions = useMemo(
    () => ({
      cancel: () => void cancelRun(core, id).catch(showError),
      pause: () => void core.runs.pause({ run: id }).catch(showError),
      goOn: () => void core.runs.goOn({ run: id }).catch(showError),
      openFolder: () =>
        void (folder === null ? undefined : reveal(core, folder).then((shown) => setNotShown(!shown), showError)),
      verify: () =>
        void work('verify', async () => {
          const result = await core.runs.verify({ run: id });
          setVerified({ result, at: new Date().toISOString() });
        }),
      deliver: () => ask({ kind: 'deliver' }),
      showLedger: () => ledgerSeq !== null && showLedgerEntry(ledgerSeq, text.shell.sections.ledger),
      repeat: (failedOnly: boolean) => ask({ kind: 'repeat', failedOnly }),
      resume: () => ask({ kind: 'resume' }),
    }),
    [core, id, folder, ledgerSeq, ask, work],
  );
  useOffer(
    useMemo(
      () => commandsOf(run, actions),
      [run.state, run.package, run.cancelling, run.here, run.pausable, isAllWritten(run.tableList), actions],
    ),
  ); // oxlint-disable-line react-hooks/exhaustive-deps -- the run itself is another one ten times a second
  const dismiss = (): void => {
    setVerified(null);
    setNotShown(false);
  };
  return { ...actions, busy, verified, isNotShown, dismiss, dialog };
}

/** What a person is asked before something of a run begins, and the new run that follows. */
function useNewRun({ run: id, package: folder, production, connection }: RunDetail, work: Work) {
  const core = useCore();
  const [asked, setAsked] = useState<Asked | null>(null);
  const start = useCallback(
    (begin: Begin, confirm?: string) =>
      work('repeat', async () => {
        const meant = confirm === undefined ? {} : { confirm };
        try {
          const next = await ('keep' in begin
            ? core.runs.resume({ run: id, ...begin, ...meant })
            : core.runs.repeat({ run: id, ...begin, ...meant }));
          showRun(next.run, text.shell.sections.runs);
        } catch (error) {
          // It was run from a terminal, or the connection became one of production since: the name is asked for now.
          if (confirm !== undefined || !isAppError(error, 'CONNECTION/NOT_CONFIRMED')) throw error;
          setAsked({ kind: 'confirm', begin });
        }
      }),
    [core, id, work],
  );
  const begin = useCallback(
    (wanted: Begin) => {
      setAsked(production ? { kind: 'confirm', begin: wanted } : null);
      if (!production) void start(wanted);
    },
    [production, start],
  );
  const ask = useCallback(
    (what: Question) => (what.kind === 'repeat' ? begin({ failedOnly: what.failedOnly }) : setAsked(what)),
    [begin],
  );
  const confirmed = (isMeant: boolean): void => {
    if (isMeant && asked?.kind === 'confirm') void start(asked.begin, connection);
    setAsked(null);
  };
  const chosen = (keep: boolean | null): void => (keep === null ? setAsked(null) : begin({ keep }));
  const dialog =
    asked?.kind === 'deliver' && folder !== null ? (
      <DeliverDialog folder={folder} onDone={() => setAsked(null)} />
    ) : asked?.kind === 'confirm' ? (
      <ConfirmDialog connection={connection} onDone={confirmed} />
    ) : asked?.kind === 'resume' ? (
      <ResumeDialog run={id} onDone={chosen} />
    ) : null;
  return { ask, dialog };
}

type Work = ReturnType<typeof useWork>['work'];

/** One thing at a time; what fails is shown. */
function useWork() {
  const [busy, setBusy] = useState<RunActions['busy']>(null);
  const work = useCallback(async (what: 'verify' | 'repeat', job: () => Promise<void>): Promise<void> => {
    setBusy(what);
    try {
      await job();
    } catch (error) {
      showError(error);
    } finally {
      setBusy(null);
    }
  }, []);
  return { busy, work };
}

/** Shows the folder in the system's file manager; where the host has none, its path is on the clipboard. */
async function reveal(core: ReturnType<typeof useCore>, path: string): Promise<boolean> {
  const { shown } = await core.files.reveal({ path });
  if (!shown) copyText(path);
  return shown;
}

type Offered = Pick<
  RunActions,
  'cancel' | 'pause' | 'goOn' | 'openFolder' | 'verify' | 'deliver' | 'repeat' | 'resume' | 'showLedger'
>;

function commandsOf(run: RunDetail, actions: Offered): readonly Command[] {
  const words = text.runs.actions;
  if (isAlive(run)) {
    if (!run.here) return [];
    const { pause, goOn, cancel } = actions;
    return [
      run.paused === null
        ? { id: 'run-pause', title: words.pause, enabled: canPause(run), run: pause }
        : { id: 'run-go-on', title: words.goOn, enabled: !run.cancelling, run: goOn },
      { id: 'run-cancel', title: words.cancel, enabled: !run.cancelling, run: cancel },
    ];
  }
  const ofPackage: readonly Command[] =
    run.package === null
      ? []
      : [
          { id: 'run-folder', title: words.openFolder, run: actions.openFolder },
          { id: 'run-verify', title: words.verify, run: actions.verify },
          { id: 'run-deliver', title: words.deliver, run: actions.deliver },
        ];
  return [
    ...ofPackage,
    { id: 'run-resume', title: words.resume, enabled: canResume(run), run: actions.resume },
    { id: 'run-again', title: words.again, run: () => actions.repeat(false) },
    { id: 'run-failed', title: words.retryFailed, enabled: hasFailed(run), run: () => actions.repeat(true) },
  ];
}

/** Some of its tables are whole and some are not: those can be had alone. */
export function hasFailed(run: RunDetail): boolean {
  const { complete, unproven, tables } = run;
  return !isAlive(run) && complete + unproven > 0 && complete + unproven < tables;
}

/** There is something left to read. */
export function canPause({ state, pausable, cancelling, tableList }: RunDetail): boolean {
  return state !== 'queued' && pausable !== null && !cancelling && !isAllWritten(tableList);
}

/** It is over and not whole. What is left of it is looked at when it is to go on. */
export function canResume({ state }: RunDetail): boolean {
  return state === 'interrupted' || state === 'cancelled' || state === 'failed' || state === 'partial';
}
