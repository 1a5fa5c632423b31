import { createRouterClient, type RouterClient } from '@orpc/server';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Desk } from '../../../src-main/app/desk/desk.ts';
import { router } from '../../../src-main/app/desk/router.ts';
import { compose } from '../../../src-main/compose.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';
import type { Files } from '../../unit/proof/build/memory-folder.ts';
import type { Home } from '../targets/rig.ts';

/** A whole desk over a home in a temporary folder, and the contract's procedures as a page calls them. */
export interface DeskHome extends Home, AsyncDisposable {
  readonly desk: Desk;
  readonly call: RouterClient<typeof router>;
}

export async function newDesk(): Promise<DeskHome> {
  const folder = new TempFolder();
  const { desk, close } = await compose.desk(
    {
      ...{ home: folder.join('home'), passphrase: null, env: {}, throwAway: true },
      host: { askSecret: null, confirm: null },
    },
    { documents: folder.path, reveal: null },
  );
  const end = (): void => folder[Symbol.dispose]();
  return {
    desk,
    core: desk.core,
    folder,
    call: createRouterClient(router, { context: { desk } }),
    [Symbol.dispose]: end,
    [Symbol.asyncDispose]: async () => {
      await close();
      end();
    },
  };
}

/** Lays files out below a folder and returns it. */
export function layOut(root: string, files: Files): string {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

/** The code of the wire error that a call fails with. */
export async function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    return (error as { readonly code?: string }).code;
  }
}
