import type { RunDelivery } from './run-records.ts';

/** Where a run is, for whoever watches it: what the events of its tables do not say. */
export type RunStage =
  /** `export.started` is durable, and nothing was read yet. */
  | { readonly type: 'started'; readonly run: string; readonly ledgerSeq: number }
  | { readonly type: 'snapshot'; readonly id: string }
  | { readonly type: 'delivering'; readonly target: string; readonly path: string }
  | { readonly type: 'delivered'; readonly delivery: RunDelivery };
