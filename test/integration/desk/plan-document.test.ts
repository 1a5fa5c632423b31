import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  createPlanStore,
  isChangedOutside,
  type PlanStore,
} from '../../../src-renderer/features/plan/plan-document.ts';
import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import type { PlanFileNow } from '../../../src-shared/contract/plans.ts';
import { fromWireError, type WireError } from '../../../src-shared/errors/wire.ts';
import { waitUntil } from '../../servers/wait-until.ts';
import { openDesk, type OpenDesk } from './open-desk.ts';

const CUSTOMERS = { namespace: 'main', name: 'customers' };
const soon = (): AbortSignal => AbortSignal.timeout(10_000);

async function openFirst(at: OpenDesk): Promise<{ store: PlanStore; path: string; text: string }> {
  const [first] = await at.core.plans.list();
  const path = first?.path ?? '';
  const store = createPlanStore(at.core, path);
  await store.getState().open();
  return { store, path, text: store.getState().state?.text ?? '' };
}

/** What a watch of the file tells first. */
async function fileNow(core: CoreClient, path: string): Promise<PlanFileNow> {
  for await (const file of await core.plans.watch({ path })) return file;
  throw new Error('The watch told nothing.');
}

const idle = (store: PlanStore): Promise<void> => waitUntil(() => !store.getState().saving, soon());

describe('a plan on screen', () => {
  it('saves each change by itself and goes back byte for byte', async () => {
    const { store, path, text } = await openFirst(await openDesk());
    const { edit, undoLast, redoLast } = store.getState();
    edit({ kind: 'mask', entry: CUSTOMERS, column: 'email', mask: { mask: 'redact' } });
    edit({ kind: 'purpose', purpose: 'CHG-1' });
    edit({ kind: 'table', table: CUSTOMERS, chosen: false });
    await idle(store);
    const changed = store.getState().state?.text ?? '';
    expect(await readFile(path, 'utf8')).toBe(changed);
    expect(changed).not.toContain('main.customers');
    undoLast();
    undoLast();
    undoLast();
    await idle(store);
    expect(await readFile(path, 'utf8')).toBe(text);
    redoLast();
    redoLast();
    redoLast();
    await idle(store);
    expect(await readFile(path, 'utf8')).toBe(changed);
    expect(store.getState().error).toBeNull();
  });

  it('shows an edit that cannot be made and goes on', async () => {
    const { store } = await openFirst(await openDesk());
    const { edit } = store.getState();
    edit({ kind: 'name', name: 'no / name' });
    await idle(store);
    expect(store.getState().error).toMatchObject({ data: { code: 'PLAN/INVALID' } });
    edit({ kind: 'purpose', purpose: 'CHG-2' });
    await idle(store);
    expect(store.getState().error).toBeNull();
    expect(store.getState().state?.plan?.purpose).toBe('CHG-2');
  });

  it('overwrites nothing that another program wrote, until a person says whose text stands', async () => {
    const at = await openDesk();
    const { store, path, text } = await openFirst(at);
    const theirs = text.replace('Try-out', 'Theirs');
    await writeFile(path, theirs);
    store.getState().edit({ kind: 'purpose', purpose: 'mine' });
    await idle(store);
    expect(await readFile(path, 'utf8')).toBe(theirs);
    const { data } = store.getState().error as { data: WireError };
    expect(isChangedOutside(fromWireError(data))).toBe(true);
    store.getState().seen(await fileNow(at.core, path));
    await waitUntil(() => store.getState().outside !== null, soon());
    store.getState().takeTheirs();
    expect(store.getState()).toMatchObject({ state: { text: theirs }, outside: null, error: null });
    store.getState().undoLast();
    await idle(store);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('is told of another program’s text while a change of its own is still under way, and loses neither', async () => {
    const at = await openDesk();
    const gate = Promise.withResolvers<void>();
    const { path, text } = await openFirst(at);
    const { core } = at;
    // A change that waits for a slow server.
    const slow = { open: core.plans.open, watch: core.plans.watch, edit: core.plans.edit };
    slow.edit = async (...given) => {
      await gate.promise;
      return core.plans.edit(...given);
    };
    const store = createPlanStore({ ...core, plans: slow } as CoreClient, path); // no more of it is asked
    await store.getState().open();
    store.getState().edit({ kind: 'purpose', purpose: 'mine' });
    const theirs = text.replace('Try-out', 'Theirs');
    await writeFile(path, theirs);
    store.getState().seen(await fileNow(core, path));
    await waitUntil(() => store.getState().outside !== null, soon());
    expect(store.getState()).toMatchObject({ saving: true, state: { text }, outside: { text: theirs } });
    gate.resolve();
    await idle(store);
    expect(store.getState()).toMatchObject({ state: { text }, outside: { text: theirs } });
    expect(await readFile(path, 'utf8')).toBe(theirs);
  });

  it('takes for its own what it wrote, also where it is seen long before the answer comes', async () => {
    const at = await openDesk();
    const gate = Promise.withResolvers<void>();
    const { path } = await openFirst(at);
    const { core } = at;
    const slow = { open: core.plans.open, watch: core.plans.watch, edit: core.plans.edit };
    slow.edit = async (...given) => {
      const written = await core.plans.edit(...given);
      await gate.promise;
      return written;
    };
    const store = createPlanStore({ ...core, plans: slow } as CoreClient, path); // no more of it is asked
    await store.getState().open();
    store.getState().edit({ kind: 'purpose', purpose: 'mine' });
    await waitUntil(async () => (await readFile(path, 'utf8')).includes('mine'), soon());
    store.getState().seen(await fileNow(core, path));
    await new Promise((resolve) => setTimeout(resolve, 600));
    gate.resolve();
    await idle(store);
    expect(store.getState()).toMatchObject({ outside: null, error: null, state: { plan: { purpose: 'mine' } } });
  });

  it('is told of another program’s text by the change that it stopped, where nothing else tells', async () => {
    const at = await openDesk();
    const { path, text } = await openFirst(at);
    const { core } = at;
    const plans = { open: core.plans.open, watch: core.plans.watch, edit: core.plans.edit };
    // Failures as the page's link gives them.
    plans.edit = (...given) =>
      core.plans.edit(...given).catch((error: unknown) => {
        throw fromWireError((error as { data: WireError }).data);
      });
    const store = createPlanStore({ ...core, plans } as CoreClient, path); // no more of it is asked
    await store.getState().open();
    const theirs = text.replace('Try-out', 'Theirs');
    await writeFile(path, theirs);
    store.getState().edit({ kind: 'purpose', purpose: 'mine' });
    await waitUntil(() => store.getState().outside !== null, soon());
    expect(store.getState()).toMatchObject({ state: { text }, outside: { text: theirs } });
  });

  it('keeps a person’s text over another one where it is told to', async () => {
    const at = await openDesk();
    const { store, path, text } = await openFirst(at);
    await writeFile(path, text.replace('Try-out', 'Theirs'));
    store.getState().seen(await fileNow(at.core, path));
    await waitUntil(() => store.getState().outside !== null, soon());
    store.getState().keepMine();
    await idle(store);
    expect(await readFile(path, 'utf8')).toBe(text);
    store.getState().seen(await fileNow(at.core, path));
    await idle(store);
    expect(store.getState().outside).toBeNull();
  });

  it('says that its file is gone, until it is there again', async () => {
    const { store } = await openFirst(await openDesk());
    const { state, unseen, seen } = store.getState();
    const gone = new Error('There is no plan file.');
    unseen(gone);
    expect(store.getState().error).toBe(gone);
    if (state !== null) seen({ ...state, writtenHere: false });
    expect(store.getState().error).toBeNull();
  });

  it('is opened when a file that was gone from the start comes back', async () => {
    const at = await openDesk();
    const { path, text } = await openFirst(at);
    const later = `${path}.later.yaml`;
    const store = createPlanStore(at.core, later);
    await store.getState().open();
    const { error } = store.getState();
    expect(error).not.toBeNull();
    store.getState().unseen(error);
    await writeFile(later, text);
    store.getState().seen({ ...(await at.core.plans.open({ path: later })), writtenHere: false });
    await waitUntil(() => store.getState().state?.text === text, soon());
    expect(store.getState().error).toBeNull();
  });
});
