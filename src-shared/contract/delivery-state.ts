import { z } from 'zod';
import { wireError } from './parts.ts';

export const deliveryStateName = z.enum([
  'pending',
  'sending',
  'sent',
  'confirmed',
  'failed',
  'indeterminate',
  'skipped',
]);

/** What arrived at a target, and how long that took, reading back included. */
export const deliveryVolume = z.object({ files: z.number(), bytes: z.number(), elapsedMs: z.number() });

export const deliveryState = z.object({
  target: z.string(),
  path: z.string(),
  state: deliveryStateName,
  doneBytes: z.number().nullable(),
  totalBytes: z.number().nullable(),
  uri: z.string().nullable(),
  /** Null: it has not arrived, or its record does not tell. */
  volume: deliveryVolume.nullable(),
  error: wireError.nullable(),
});
export type DeliveryStateFacts = z.infer<typeof deliveryState>;
