import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { adapterFacts, localPath, vaultBackend } from './parts.ts';

export const appFacts = z.object({
  version: z.string(),
  home: localPath,
  /** A home for one demonstration: nothing in it is evidence. */
  throwAway: z.boolean(),
  platform: z.string(),
  /** Where new plans and packages go unless another folder is chosen. */
  documents: localPath,
  connectors: z.array(adapterFacts),
  formats: z.array(adapterFacts.extend({ extension: z.string() })),
  masks: z.array(adapterFacts),
  targets: z.array(adapterFacts),
  /** How connections are led through another server. */
  tunnel: adapterFacts,
  /** Products that a package can be written for, with scripts that load it. */
  migrationTargets: z.array(z.object({ id: z.string(), title: z.string() })),
  /** What the plan file knows of packages and this version refuses. */
  packageLacks: z.array(z.enum(['encrypt'])),
  /** Personal classes that the detector knows, e.g. `person.email`. */
  classes: z.array(z.string()),
});
export type AppFacts = z.infer<typeof appFacts>;

/** What the status bar shows. `ledger.state`: `absent` before the first export; `broken` with the first reason. */
export const workspaceStatus = z.object({
  vault: z.object({ title: z.string().nullable(), backend: vaultBackend.nullable(), secrets: z.number().nullable() }),
  ledger: z.object({
    state: z.enum(['absent', 'holds', 'broken']),
    size: z.number(),
    why: z.string().optional(),
  }),
  runsAlive: z.number(),
  /** Rises with each change of connections, targets, keys, runs or settings: what was read before is old then. */
  revision: z.number(),
  /** Rises with each change of what plans rest on: connections, targets, keys, secrets. */
  basis: z.number(),
});
export type WorkspaceStatus = z.infer<typeof workspaceStatus>;

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  showWhitespace: z.boolean(),
  /** Hints that were put away for good. */
  dismissed: z.array(z.string()),
  /** Widths and heights of panels by name, pixels. */
  panels: z.record(z.string(), z.number()),
  /** Tabs to open again, in order. */
  tabs: z.array(z.object({ kind: z.string(), id: z.string() })),
  /** Key of the tab that was in front. */
  active: z.string().optional(),
  recentPlans: z.array(localPath),
  /** Folder that packages were last written to. */
  packages: localPath.nullable(),
  /** Default limits of new plans. */
  limits: z.object({ statementTimeoutMs: z.number().int().min(0) }),
});
export type Settings = z.infer<typeof settings>;

export const app = {
  facts: oc.output(appFacts),
  /** The status now and at each change, at most five times a second, the newest only. */
  status: oc.output(eventIterator(workspaceStatus)),
  settings: oc.output(settings),
  changeSettings: oc.input(settings.partial()).output(settings),
};
