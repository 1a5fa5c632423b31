import { DEFAULT_LOCK_TIMEOUT_MS } from '../../../src-shared/model/plan.ts';

/** Settings of a reading session: what would move bytes is fixed, what would hurt others is bounded. */
export interface SessionLimits {
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs?: number;
}

/** A run's snapshot is idle while a file is read back; a laptop that went to sleep must not hold it for ever. */
const IDLE_IN_TRANSACTION_MS = 4 * 60 * 60 * 1000;

/**
 * A server that drops whoever does not read for a while (PostgreSQL 12 and later can) would drop a run that is paused or slowed.
 * A peer that is gone for good is still found out: it does not answer what its system is asked.
 */
const PATIENCE = `case when pg_catalog.current_setting('tcp_user_timeout', true) is not null
  then pg_catalog.set_config('tcp_user_timeout', '0', false) end`;

/** One statement that fixes them all, with its values. */
export function sessionSettings(limits: SessionLimits): { readonly text: string; readonly values: readonly string[] } {
  const settings: readonly (readonly [name: string, value: string])[] = [
    ['default_transaction_read_only', 'on'],
    ['TimeZone', 'UTC'],
    ['DateStyle', 'ISO, MDY'],
    ['IntervalStyle', 'iso_8601'],
    ['extra_float_digits', '3'],
    ['bytea_output', 'hex'],
    ['client_encoding', 'UTF8'],
    ['standard_conforming_strings', 'on'],
    ['synchronize_seqscans', 'off'],
    ['max_parallel_workers_per_gather', '0'],
    ['statement_timeout', String(limits.statementTimeoutMs)],
    ['lock_timeout', String(limits.lockTimeoutMs ?? DEFAULT_LOCK_TIMEOUT_MS)],
    ['idle_in_transaction_session_timeout', String(IDLE_IN_TRANSACTION_MS)],
  ];
  const calls = settings.map((_, i) => `pg_catalog.set_config($${2 * i + 1}, $${2 * i + 2}, false)`);
  return { text: `select ${[...calls, PATIENCE].join(', ')}`, values: settings.flat() };
}
