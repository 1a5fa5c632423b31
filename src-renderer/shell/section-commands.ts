import { useMemo } from 'react';
import type { PlanSummary } from '../../src-shared/contract/plans.ts';
import { useAnswer } from '../rpc/core-context.tsx';
import { useCommands, useOffer, type Command } from '../state/commands.ts';
import { useWorkbench, type Section } from '../state/workbench.ts';
import { text } from '../text/text.ts';
import { goToSection } from './go-to-section.ts';

/** How long a section may take to be drawn; a person who is elsewhere by then is not led back. */
const DRAWN_WITHIN_MS = 10_000;

/** Plans that the palette lists, those opened last first. */
const RECENT = 12;

/** Actions that a section offers while it is shown, and that are reached from anywhere. */
const REACHED: readonly (readonly [id: string, section: Section, title: string])[] = [
  ['plan-new', 'plans', text.plan.list.new],
  ['plan-open', 'plans', text.plan.list.openTitle],
  ['target-add', 'targets', text.targets.add],
  ['catalog-refresh', 'explore', text.explore.refresh],
  ['connection-edit', 'explore', text.connections.editOrTest],
  ['connection-remove', 'explore', text.connections.remove],
  ['ledger-verify', 'ledger', `${text.shell.sections.ledger}: ${text.ledger.verify}`],
  ['ledger-bundle', 'ledger', text.ledger.bundle.title],
  ['audit-open', 'audit', text.audit.openCommand],
];

/** Ways to the actions of sections that are not on screen, and to the plans opened last. */
export function useSectionCommands(): void {
  const { data: plans } = useAnswer(['plans', 'list'], (core, signal) => core.plans.list(undefined, { signal }));
  useOffer(WAYS);
  useOffer(
    useMemo(
      () =>
        (plans ?? [])
          .filter(({ exists }) => exists)
          .slice(0, RECENT)
          .map(wayToPlan),
      [plans],
    ),
  );
}

const WAYS: readonly Command[] = REACHED.map(([id, section, title]) => ({
  ...{ id, title },
  run: () => runIn(section, id),
}));

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
