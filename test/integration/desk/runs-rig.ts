import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRouterClient, type RouterClient } from '@orpc/server';
import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import type { RunDetail, RunUpdate } from '../../../src-shared/contract/runs.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import type { Desk } from '../../../src-main/app/desk/desk.ts';
import { router } from '../../../src-main/app/desk/router.ts';
import { compose } from '../../../src-main/compose.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

/** A desk over a real home in a temporary folder, and its procedures as a page calls them. */
export interface TestDesk {
  readonly desk: Desk;
  readonly core: RouterClient<typeof router>;
  readonly close: () => Promise<void>;
}

export interface TestHome extends AsyncDisposable {
  readonly folder: TempFolder;
  /** Another process of the same home, as far as a process can be played by another composition. */
  open(): Promise<TestDesk>;
  out(): string;
  /** Writes a plan file and gives what `runs.start` wants of it. */
  plan(text: string, name?: string): { readonly path: string; readonly base: string; readonly folder: string };
}

export const PASSPHRASE = 'a passphrase of the tests';

export async function openDesk(home: string): Promise<TestDesk> {
  const { desk, close } = await compose.desk(
    {
      ...{ home, passphrase: new SecretText(PASSPHRASE), env: {}, throwAway: false },
      host: { askSecret: null, confirm: null },
    },
    { reveal: null, documents: home },
  );
  return { desk, core: createRouterClient(router, { context: { desk } }), close };
}

export function newTestHome(): TestHome {
  const folder = new TempFolder();
  const out = folder.join('out');
  mkdirSync(out);
  const opened: TestDesk[] = [];
  return {
    folder,
    async open() {
      const desk = await openDesk(folder.join('home'));
      opened.push(desk);
      return desk;
    },
    out: () => out,
    plan(text, name = 'sample.plan.yaml') {
      const path = folder.join(name);
      writeFileSync(path, text);
      return { path, base: digestOf(path), folder: out };
    },
    async [Symbol.asyncDispose]() {
      // The log is written behind the calls.
      for (const { close } of opened) await close();
      folder[Symbol.dispose]();
    },
  };
}

/** What `runs.start` wants of a plan file, with all accepted that its review tells now. */
export async function reviewed<Wish extends { readonly path: string }>(core: CoreClient, wish: Wish) {
  const { seen } = await core.plans.review({ path: wish.path });
  return { ...wish, acceptCatalog: true, seen };
}

export function digestOf(path: string): string {
  return `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`;
}

/** Follows a run to its end: all messages, and its final form. */
export async function follow(
  { core }: TestDesk,
  run: string,
): Promise<{ readonly updates: readonly RunUpdate[]; readonly detail: RunDetail }> {
  const updates: RunUpdate[] = [];
  for await (const update of await core.runs.watch({ run })) updates.push(update);
  return { updates, detail: await core.runs.show({ run }) };
}

/** Waits until the run says this of itself. */
export async function until(
  { core }: TestDesk,
  run: string,
  holds: (update: RunUpdate) => boolean,
): Promise<RunUpdate> {
  for await (const update of await core.runs.watch({ run })) if (holds(update)) return update;
  throw new Error('the run has ended before');
}
