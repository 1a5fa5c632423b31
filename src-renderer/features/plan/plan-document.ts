import type { CoreClient } from '../../../src-shared/contract/contract.ts';
import type { PlanEditRequest, PlanFileNow, PlanState } from '../../../src-shared/contract/plans.ts';
import type { Plan } from '../../../src-shared/model/plan.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import { createStore, type StoreApi } from 'zustand';

/** A plan file on this screen: the text that is shown, how to get back, and what another program wrote meanwhile. */
export interface PlanDocument {
  /** null: it is being read. */
  readonly state: PlanState | null;
  readonly saving: boolean;
  /** Why it could not be read or saved; it stays until the next success. */
  readonly error: unknown;
  /** The file as another program left it, while ours differs. */
  readonly outside: PlanState | null;
  /** Texts to go back to, byte for byte, the last one last. */
  readonly undo: readonly string[];
  readonly redo: readonly string[];
}

export interface PlanActions {
  readonly open: () => Promise<void>;
  readonly edit: (...edits: readonly PlanEditRequest[]) => void;
  /** Changes that hang on what the plan says when their turn comes: of a block that is set as a whole. */
  readonly editBy: (make: (plan: Plan) => PlanEditRequest) => void;
  readonly undoLast: () => void;
  readonly redoLast: () => void;
  /** What the file is now, as the core tells. */
  readonly seen: (file: PlanFileNow) => void;
  /** Why nobody can tell what the file is now: e.g. it is gone. */
  readonly unseen: (error: unknown) => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly accept: () => Promise<void>;
}

export type PlanStore = StoreApi<PlanDocument & PlanActions>;

const MAX_UNDO = 200;
/** How long an older text of our own may still be told of. */
const OWN_FOR_MS = 1500;

type Both = PlanDocument & PlanActions;

/** One for each plan that is open; edits go to the core one after the other, each on the text that the one before gave. */
export function createPlanStore(core: CoreClient, path: string): PlanStore {
  return createStore<Both>()((set, get) => {
    const look = async (): Promise<void> => {
      for await (const file of await core.plans.watch({ path })) return get().seen(file);
    };
    const work = new PlanWork({ set, get, look });
    const lost: { why: unknown } = { why: null };
    const goTo = (from: 'undo' | 'redo', to: 'undo' | 'redo'): Promise<void> =>
      work.next(async (before) => {
        const text = get()[from].at(-1);
        if (text === undefined) return;
        const after = await core.plans.write({ path, base: before.digest, text });
        set((now) => ({ state: after, [from]: now[from].slice(0, -1), [to]: [...now[to], before.text] }));
      });
    return {
      ...{ state: null, saving: false, error: null, outside: null, undo: [], redo: [] },
      open: async () => {
        try {
          set({ state: await core.plans.open({ path }), error: null });
        } catch (error) {
          set({ error });
        }
      },
      edit: (...edits) => {
        if (edits.length === 0) return;
        void work.change((base) => core.plans.edit({ path, base: base.digest, edits: [...edits] }));
      },
      editBy: (make) =>
        void work.change(async (base) =>
          base.plan === null ? base : core.plans.edit({ path, base: base.digest, edits: [make(base.plan)] }),
        ),
      undoLast: () => void goTo('undo', 'redo'),
      redoLast: () => void goTo('redo', 'undo'),
      seen: (file) => {
        // It is there again.
        const wasLost = lost.why !== null;
        if (wasLost && get().error === lost.why) set({ error: null });
        lost.why = null;
        // It was never read: there is nothing that it could differ from.
        if (get().state === null && get().error === null && wasLost) void get().open();
        void work.news(file).then((outside) => outside !== undefined && set({ outside }));
      },
      unseen: (error) => {
        lost.why = error;
        set({ error });
      },
      keepMine: () => {
        const { outside } = get();
        if (outside === null) return;
        void work.next(async ({ text }) => {
          set({ state: await core.plans.write({ path, base: outside.digest, text }), outside: null });
        });
      },
      takeTheirs: () => set(theirs),
      accept: () => work.change((base) => core.plans.accept({ path, base: base.digest })),
    };
  });
}

/** What another program wrote, in place of ours, which undo brings back. */
const theirs = ({ state, outside, undo }: PlanDocument): Partial<PlanDocument> =>
  outside === null || state === null
    ? {}
    : { state: outside, outside: null, error: null, undo: longer(undo, state.text), redo: [] };

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const differs = (state: PlanState | null, file: PlanState): boolean => state !== null && file.digest !== state.digest;
const longer = (undo: readonly string[], text: string): readonly string[] => [...undo, text].slice(-MAX_UNDO);

/** Work on one file, one after the other; a failure is shown, and what follows goes on. */
class PlanWork {
  readonly #store: Pick<PlanStore, 'getState' | 'setState'>;
  #last = Promise.resolve();
  /** Digests of texts that were written here. */
  readonly #own = new Set<string>();
  readonly #look: () => Promise<void>;
  #seen: PlanState | null = null;

  constructor({
    set,
    get,
    look,
  }: {
    set: PlanStore['setState'];
    get: PlanStore['getState'];
    look: () => Promise<void>;
  }) {
    this.#store = { setState: set, getState: get };
    this.#look = look;
  }

  /**
   * What another program wrote; null: the file is as we know it; undefined: something newer was seen meanwhile. Where the
   * core wrote it, what is on its way is waited for: our own writing is seen in the file too, now and then only when we have
   * written again.
   */
  async news(file: PlanFileNow): Promise<PlanState | null | undefined> {
    this.#seen = file;
    if (file.writtenHere) {
      await this.#last;
      if (this.#own.has(file.digest) && differs(this.#store.getState().state, file)) await pause(OWN_FOR_MS);
    }
    if (this.#seen !== file) return undefined;
    return differs(this.#store.getState().state, file) ? file : null;
  }

  next(work: (state: PlanState) => Promise<void>): Promise<void> {
    const { getState, setState } = this.#store;
    setState({ saving: true });
    const mine = this.#last.then(async () => {
      const { state } = getState();
      if (state === null) return;
      try {
        await work(state);
        this.#own.add(getState().state?.digest ?? '');
        setState({ error: null });
      } catch (error) {
        setState({ error });
        // The file was another one before anybody told: it is looked at now, so that the difference is shown.
        if (isChangedOutside(error)) await this.#look().catch((why: unknown) => getState().unseen(why));
      }
    });
    this.#last = mine;
    return mine.finally(() => {
      if (this.#last === mine) setState({ saving: false });
    });
  }

  /** A change that can be undone. */
  change(ask: (base: PlanState) => Promise<PlanState>): Promise<void> {
    const { getState, setState } = this.#store;
    return this.next(async (before) => {
      const state = await ask(before);
      if (state.text === before.text) setState({ state });
      else setState({ state, undo: longer(getState().undo, before.text), redo: [] });
    });
  }
}

const stores = new WeakMap<CoreClient, Map<string, PlanStore>>();

/** The store of a plan: it lives on while its tab is behind others, so that undo goes on where it was. */
export function planStoreOf(core: CoreClient, path: string): PlanStore {
  const all = stores.get(core) ?? new Map<string, PlanStore>();
  stores.set(core, all);
  const store = all.get(path) ?? createPlanStore(core, path);
  all.set(path, store);
  return store;
}

/** Its tab was closed: opened again, it is read anew. */
export function forgetPlanStore(core: CoreClient, path: string): void {
  stores.get(core)?.delete(path);
}

/** Whether a failure only says that the file on disk is another one: the difference is shown for it. */
export const isChangedOutside = (error: unknown): boolean =>
  error !== null && toWireError(error).code === 'PLAN/CHANGED_OUTSIDE';
