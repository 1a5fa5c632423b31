import { errorFields } from '../store/log-fields.ts';
import type { Core } from './core.ts';

/** Writes down why a command failed: code and origin, never the text of a foreign error, which may quote a value. */
export function logFailure(core: Core, command: string, error: unknown): void {
  core.log.error('command.failed', { command, ...errorFields(error) });
}
