import { useState, type ReactNode } from 'react';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
import { bug } from '../../../src-shared/errors/app-error.ts';
import { useCore, useFacts } from '../../rpc/core-context.tsx';
import { optionsOfTexts } from '../option-values.ts';
import { useSecretsGate } from '../use-secrets-gate.tsx';
import type { Secrets } from './secret-fields.tsx';

export interface TargetForm {
  readonly kinds: readonly AdapterFacts[];
  readonly kind: AdapterFacts;
  readonly choose: (id: string) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
  /** As they were typed, by property. */
  readonly values: Readonly<Record<string, string>>;
  readonly set: (property: string, value: string) => void;
  readonly secrets: Secrets;
  readonly setSecret: (secret: keyof Secrets, value: string) => void;
  readonly isReady: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly save: () => void;
  /** Saves although the login failed; null: it did not, or the server's key is still to be compared. */
  readonly saveUntried: (() => void) | null;
  /** Saves with a host key that a person has compared. */
  readonly pin: (hostKey: string) => void;
  /** Back to what was typed. */
  readonly back: () => void;
  /** Draw it somewhere: the question where secrets shall live, while it is asked. */
  readonly dialog: ReactNode;
}

interface Adding {
  readonly more?: Readonly<Record<string, string>>;
  readonly untried?: boolean;
}

/** What the dialog holds, and its way to the core. */
export function useTargetForm(onSaved: (name: string) => void): TargetForm {
  const core = useCore();
  const { ensure, dialog } = useSecretsGate();
  const { targets: kinds } = useFacts();
  const [id, setId] = useState(kinds.find(({ traits }) => traits['network'] === true)?.id ?? kinds[0]?.id);
  const [name, setName] = useState('');
  const [values, setValues] = useState<Readonly<Record<string, string>>>({});
  const [secrets, setSecrets] = useState({ password: '', passphrase: '' });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const kind = kinds.find((one) => one.id === id);
  if (kind === undefined) throw bug('this build has no kind of target');
  const add = async ({ more = {}, untried = false }: Adding = {}): Promise<void> => {
    setBusy(true);
    try {
      const options = optionsOfTexts(kind.fields, { ...values, ...more });
      const { password, passphrase } = secrets;
      if (password + passphrase !== '' && (await ensure('any')) === null) return;
      await core.targets.add({
        ...{ name, type: kind.id, options, untried },
        password: password === '' ? null : password,
        passphrase: passphrase === '' ? null : passphrase,
      });
      onSaved(name);
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  const needed = kind.fields.filter(({ required }) => required);
  return {
    ...{ kinds, kind, name, setName, values, secrets, busy, error, dialog },
    choose: (next) => {
      setId(next);
      setError(null);
    },
    set: (property, value) => setValues((now) => ({ ...now, [property]: value })),
    setSecret: (secret, value) => setSecrets((now) => ({ ...now, [secret]: value })),
    isReady: name !== '' && needed.every(({ property }) => (values[property] ?? '') !== ''),
    save: () => void add(),
    saveUntried:
      error !== null && kind.traits['network'] === true && (values['hostKey'] ?? '') !== ''
        ? () => void add({ untried: true })
        : null,
    pin: (hostKey) => {
      // It stays in the form: a login that fails then is tried again without comparing once more.
      setValues((now) => ({ ...now, hostKey }));
      void add({ more: { hostKey } });
    },
    back: () => setError(null),
  };
}
