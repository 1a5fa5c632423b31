import { useEffect, useState } from 'react';
import type { ConnectionFacts } from '../../../src-shared/contract/connections.ts';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
import { useSecretsGate, type SecretsGate } from '../../forms/use-secrets-gate.tsx';
import { useCore, useFacts, useForget } from '../../rpc/core-context.tsx';
import { useWorkbench } from '../../state/workbench.ts';
import {
  draftOf,
  givenOf,
  newDraft,
  storesSecret,
  testedPart,
  type ConnectionDraft,
  type ConnectionParts,
} from './draft.ts';
import { isGreen, useTest, type ConnectionTest, type TestState } from './use-test.ts';

export interface ConnectionForm {
  readonly draft: ConnectionDraft;
  readonly set: (change: Partial<ConnectionDraft>) => void;
  readonly replace: (draft: ConnectionDraft) => void;
  readonly adapter: AdapterFacts;
  readonly adapters: readonly AdapterFacts[];
  /** How a connection is led through another server. */
  readonly tunnel: AdapterFacts;
  /** The connection that is edited; null: a new one. */
  readonly saved: ConnectionFacts | null;
  readonly test: ConnectionTest;
  /** The last result is of what stands in the form now. */
  readonly isCurrent: boolean;
  readonly isSaving: boolean;
  readonly runTest: (of?: ConnectionDraft) => Promise<TestState>;
  /** Tests first and saves when green; `untested`: saves as it is. */
  readonly submit: (how?: { readonly untested: boolean }) => Promise<void>;
  readonly gate: SecretsGate;
}

/** The connection dialog's state and what can be done in it. */
export function useConnectionForm(saved: ConnectionFacts | null, onSaved: () => void): ConnectionForm {
  const { connectors: adapters, tunnel } = useFacts();
  const [draft, replace] = useState<ConnectionDraft>(() => firstDraft(saved, adapters, tunnel));
  const test = useTest();
  const gate = useSecretsGate();
  const save = useSave(saved, gate);
  const [isSaving, setSaving] = useState(false);
  const { stop } = test;
  useEffect(() => stop, [stop]);
  const adapter = adapters.find(({ id }) => id === draft.connector) ?? adapters[0];
  if (adapter === undefined) throw new Error('This build has no connector.');
  const { result } = test;
  const isCurrent = 'part' in result && result.part === testedPart(draft);
  const runTest = async (of = draft): Promise<TestState> => {
    const product = adapters.find(({ id }) => id === of.connector) ?? adapter;
    const parts = { adapter: product, tunnel };
    const first = await test.run(of, parts, saved?.name ?? null);
    const isLocked = first.state === 'failed' && first.error.code === 'VAULT/LOCKED';
    if (!isLocked || saved === null) return first;
    // A stored secret is behind a passphrase: ask for it here.
    if ((await gate.ensure('any', saved.secret ?? saved.keySecret ?? 'passphrase')) === null) return first;
    return test.run(of, parts, saved.name);
  };
  const submit = async ({ untested }: { readonly untested: boolean } = { untested: false }): Promise<void> => {
    // What was seen with its remarks may be saved with them; what was not seen is tested first.
    const seen = isCurrent && result.state === 'connected';
    if (!untested && !seen) {
      const next = await runTest();
      if (next.state !== 'connected' || !isGreen(next.facts)) return;
    }
    setSaving(true);
    try {
      if (await save(draft, { adapter, tunnel })) onSaved();
    } catch (error) {
      test.fail(error, draft);
    } finally {
      setSaving(false);
    }
  };
  const set = (change: Partial<ConnectionDraft>): void => replace((now) => ({ ...now, ...change }));
  return { draft, set, replace, adapter, adapters, tunnel, saved, test, isCurrent, isSaving, runTest, submit, gate };
}

function firstDraft(
  saved: ConnectionFacts | null,
  adapters: readonly AdapterFacts[],
  tunnel: AdapterFacts,
): ConnectionDraft {
  const adapter = adapters.find(({ id }) => id === saved?.connector) ?? adapters[0];
  return saved === null || adapter === undefined ? newDraft(adapter?.id ?? '') : draftOf(saved, { adapter, tunnel });
}

/** Saves a draft; false: the person did not say where its password shall live, and nothing was saved. */
function useSave(
  saved: ConnectionFacts | null,
  { ensure }: SecretsGate,
): (draft: ConnectionDraft, parts: ConnectionParts) => Promise<boolean> {
  const core = useCore();
  const forget = useForget();
  const { chooseConnection, showSection } = useWorkbench.getState();
  return async (draft, parts) => {
    const stores = storesSecret(draft, parts);
    const place = stores ? await ensure('any', draft.store ?? undefined) : draft.store;
    if (stores && place === null) return false;
    const given = { ...givenOf(draft, parts), name: draft.name, ...(place === null ? {} : { store: place }) };
    await (saved === null ? core.connections.add(given) : core.connections.change(given));
    await Promise.all([forget(['connections']), forget(['secrets']), forget(['catalog'])]);
    chooseConnection(draft.name);
    // Its tables are what it was saved for.
    showSection('explore');
    return true;
  };
}
