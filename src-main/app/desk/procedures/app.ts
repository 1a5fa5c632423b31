import type { WorkspaceStatus } from '../../../../src-shared/contract/app.ts';
import { PERSONAL_CLASSES } from '../../../engine/classify/personal-classes.ts';
import { PACKAGE_LACKS } from '../../../engine/plan/unsupported-features.ts';
import { allAdapters } from '../adapter-facts.ts';
import type { Desk } from '../desk.ts';
import { latest } from '../latest.ts';
import { procedures } from '../procedure.ts';
import { saveSettings } from '../save-settings.ts';
import { workspaceStatusOf } from '../workspace-status.ts';

const STATUS_EVERY_MS = 200;

export const appProcedures = {
  facts: procedures.app.facts.handler(({ context: { desk } }) => ({
    version: desk.core.app.version,
    home: desk.core.home.root,
    throwAway: desk.core.throwAway,
    platform: process.platform,
    documents: desk.host.documents,
    ...allAdapters(desk.core),
    classes: [...PERSONAL_CLASSES],
    packageLacks: [...PACKAGE_LACKS],
  })),

  status: procedures.app.status.handler(({ context: { desk }, signal }) => statusOf(desk, signal)),

  settings: procedures.app.settings.handler(({ context: { desk } }) => desk.settings.read()),

  changeSettings: procedures.app.changeSettings.handler(async ({ context: { desk }, input }) => {
    const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
    const saved = await saveSettings(desk, given);
    // Where packages go is part of what is said of a plan.
    if (input.packages === undefined) desk.changes.touch();
    else desk.changes.touchBasis();
    return saved;
  }),
};

function statusOf(desk: Desk, signal: AbortSignal | undefined): AsyncGenerator<WorkspaceStatus, void> {
  const source = {
    read: () => workspaceStatusOf(desk),
    subscribe: (changed: () => void) => {
      const stopWatching = desk.runs.watchOthers();
      const unsubscribe = desk.changes.subscribe(changed);
      return () => {
        stopWatching();
        unsubscribe();
      };
    },
  };
  return latest(source, { intervalMs: STATUS_EVERY_MS, signal });
}
