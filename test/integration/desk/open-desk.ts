import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { onTestFinished } from 'vitest';
import { fromWireError, type WireError } from '../../../src-shared/errors/wire.ts';
import type { AppError } from '../../../src-shared/errors/app-error.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import type { CompiledState } from '../../../src-shared/contract/plans.ts';
import type { Desk, DeskHost } from '../../../src-main/app/desk/desk.ts';
import { router } from '../../../src-main/app/desk/router.ts';
import { compose } from '../../../src-main/compose.ts';
import { askCompiled } from '../../../src-renderer/features/plan/ask-compiled.ts';

export interface OpenDesk {
  readonly core: CoreClient;
  readonly desk: Desk;
  /** Absolute path of the home. */
  readonly home: string;
  /** A folder of the test's own, outside the home. */
  readonly folder: string;
}

export interface DeskOptions {
  readonly passphrase?: string | null;
  /** A home that is there already; it is not removed. */
  readonly home?: string;
  readonly reveal?: DeskHost['reveal'];
}

/** A real desk over a home of its own, asked through the router as a page asks it; closed and removed with the test. */
export async function openDesk({ passphrase = null, home, reveal = null }: DeskOptions = {}): Promise<OpenDesk> {
  const root = await mkdtemp(join(tmpdir(), 'waybill-desk-'));
  const at = home ?? join(root, 'home');
  const { desk, close } = await compose.desk(
    {
      home: at,
      passphrase: passphrase === null ? null : new SecretText(passphrase),
      host: { askSecret: null, confirm: null },
      env: {},
      throwAway: false,
    },
    { documents: root, reveal },
  );
  onTestFinished(async () => {
    await close();
    await rm(root, { recursive: true, force: true });
  });
  return { core: createRouterClient(router, { context: { desk } }), desk, home: at, folder: root };
}

/** A plan compiled against the catalog, put together as a page does. */
export const compiledOf = (core: CoreClient, path: string): Promise<CompiledState> => askCompiled(core, path);

/** The error that a call ends with, as a page reads it. */
export async function errorOf(call: Promise<unknown>): Promise<AppError> {
  try {
    await call;
  } catch (error) {
    return fromWireError((error as { data: WireError }).data);
  }
  throw new Error('The call went well.');
}
