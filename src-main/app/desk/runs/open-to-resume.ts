import type { Core } from '../../core.ts';
import { openResumption } from '../../resume-run.ts';
import type { LiveRunRequest } from './live-run.ts';

export interface ResumeRequest {
  readonly run: string;
  /** Its finished tables are kept; false: all is read anew. */
  readonly keep: boolean;
  readonly confirm: string | undefined;
}

/**
 * Opens a run to go on with it. Its plan still comes to the very same, catalog included, so what was accepted for it is
 * accepted here. A person has seen that tables of two moments would come together.
 */
export async function openToResume(core: Core, request: ResumeRequest, signal: AbortSignal): Promise<LiveRunRequest> {
  const { facts, earlier, open, out, kept, parts } = await openResumption(core, request.run, signal);
  return {
    ...{
      open,
      folder: out,
      confirm: request.confirm,
      acceptedCatalog: facts.accepted?.catalog ?? false,
    },
    resumes: { run: facts.run, kept: request.keep ? kept : [], parts: request.keep ? parts : [], earlier },
  };
}
