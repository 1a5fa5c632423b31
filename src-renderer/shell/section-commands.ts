import { useMemo } from 'react';
import type { PlanSummary } from '../../src-shared/contract/plans.ts';
import { formatMoment } from '../../src-shared/util/format-moment.ts';
import { useAnswer, useCore } from '../rpc/core-context.tsx';
import { cancelRun, isAliveHere, useRunList } from '../rpc/live-runs.ts';
import { useCommands, useOffer, type Command } from '../state/commands.ts';
import { showError } from '../state/notices.ts';
import { showHistory, showRun } from '../state/show-run.ts';
import { useWorkbench, type Section } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { goToSection } from './go-to-section.ts';

/** How long a section may take to be drawn; a person who is elsewhere by then is not led back. */
const DRAWN_WITHIN_MS = 10_000;

/** Plans that the palette lists, those opened last first; and runs, the newest first. */
const RECENT = 12;

/** Actions that a section offers while it is shown, and that are reached from anywhere. */
const REACHED: readonly (readonly [id: string, section: Section, title: string])[] = [
  ['plan-new', 'plans', text.plan.list.new],
  ['plan-open', 'plans', text.plan.list.openTitle],
  ['target-add', 'targets', text.targets.add],
  ['catalog-refresh', 'explore', text.explore.refresh],
  ['connection-edit', 'explore', text.connections.editOrTest],
  ['connection-remove', 'explore', text.connections.remove],
  ['target-test', 'targets', inSection('targets', text.targets.test)],
  ['target-secret', 'targets', inSection('targets', text.targets.secret.command)],
  ['target-remove', 'targets', inSection('targets', text.targets.remove)],
  ['ledger-verify', 'ledger', inSection('ledger', text.ledger.verify)],
  ['ledger-checkpoint', 'ledger', inSection('ledger', text.ledger.copyCheckpoint)],
  ['ledger-bundle', 'ledger', text.ledger.bundle.title],
  ['audit-open', 'audit', text.audit.openCommand],
  ...Object.entries(text.settings.pages).map(
    ([page, title]) => [`settings-${page}`, 'settings', inSection('settings', title)] as const,
  ),
];

function inSection(section: Section, action: string): string {
  return text.shell.actionIn(text.shell.sections[section], action);
}

/** Ways to the actions of sections that are not on screen, to the plans opened last, and to the newest runs. */
export function useSectionCommands(): void {
  useOffer(WAYS);
  useOffer(useWaysToPlans());
  useOffer(useWaysToRuns());
}

function useWaysToPlans(): readonly Command[] {
  const { data: plans } = useAnswer(['plans', 'list'], (core, signal) => core.plans.list(undefined, { signal }));
  return useMemo(
    () =>
      (plans ?? [])
        .filter(({ exists }) => exists)
        .slice(0, RECENT)
        .map(wayToPlan),
    [plans],
  );
}

/** A run that is alive can be cancelled from anywhere; what else can be done with a run is offered where it is shown. */
function useWaysToRuns(): readonly Command[] {
  const core = useCore();
  const { data: runs } = useRunList();
  return useMemo(
    () => [
      ...(runs ?? []).filter(isAliveHere).map(({ run, plan, cancelling }): Command => ({
        id: `run-cancel ${run}`,
        title: text.runs.strip.cancel(plan),
        enabled: !cancelling,
        run: () => void cancelRun(core, run).catch(showError),
      })),
      ...(runs ?? []).slice(0, RECENT).map(({ run, plan, started }): Command => ({
        id: `run-show ${run}`,
        title: text.shell.showRun(plan, formatMoment(started)),
        run: () => showRun(run, text.shell.sections.runs),
      })),
    ],
    [core, runs],
  );
}

const WAYS: readonly Command[] = [
  { id: 'history-show', title: text.history.open, run: () => showHistory(null, text.history.title) },
  ...REACHED.map(([id, section, title]) => ({
    ...{ id, title },
    run: () => runIn(section, id),
  })),
];

function wayToPlan({ path, name }: PlanSummary): Command {
  return {
    id: `plan-show ${path}`,
    title: text.shell.openPlan(name),
    run: () => useWorkbench.getState().openTab({ kind: 'plan', id: path, title: name }),
  };
}

/** Shows a section, and runs its action as soon as the section offers it. */
function runIn(section: Section, id: string): void {
  goToSection(section);
  const own = (): Command | undefined =>
    useCommands.getState().commands.findLast((command) => command.id === id && !WAYS.includes(command));
  if (own() !== undefined) {
    own()?.run();
    return;
  }
  const stop = useCommands.subscribe(() => {
    const found = own();
    if (found === undefined) return;
    stop();
    found.run();
  });
  setTimeout(stop, DRAWN_WITHIN_MS);
}
