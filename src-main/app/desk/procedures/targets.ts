import type { TargetFacts } from '../../../../src-shared/contract/targets.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { TargetRecord } from '../../records.ts';
import { addTarget, changeTargetSecrets, removeTarget } from '../../change-targets.ts';
import { testTarget } from '../../targets.ts';
import { procedures, signalOf } from '../procedure.ts';

export const targetProcedures = {
  list: procedures.targets.list.handler(async ({ context: { desk } }) =>
    Object.entries(await desk.core.records.targets.read()).map(([name, record]) => factsOf(name, record)),
  ),

  add: procedures.targets.add.handler(async ({ context: { desk }, input, signal }) => {
    const { name, type, options, store } = input;
    const { record } = await addTarget(desk.core, {
      ...{ name, type, options, store },
      secrets: { password: secretOf(input.password), passphrase: secretOf(input.passphrase) },
      ...{ signal: signalOf(signal), logsIn: input.untried !== true },
    });
    desk.changes.touchBasis();
    return factsOf(name, record);
  }),

  remove: procedures.targets.remove.handler(async ({ context: { desk }, input }) => {
    const removed = await removeTarget(desk.core, input.name);
    desk.changes.touchBasis();
    return { secretsRemoved: removed.removed };
  }),

  changeSecrets: procedures.targets.changeSecrets.handler(async ({ context: { desk }, input }) => {
    const { name, store } = input;
    const secrets = { password: secretOf(input.password), passphrase: secretOf(input.passphrase) };
    const { record } = await changeTargetSecrets(desk.core, name, { secrets, store });
    desk.changes.touchBasis();
    return factsOf(name, record);
  }),

  test: procedures.targets.test.handler(async ({ context: { desk }, input, signal }) => {
    const { uri, hostKey, left } = await testTarget(desk.core, input.name, signalOf(signal));
    return { uri, hostKey, left, testedAt: desk.core.clock.now().toISOString() };
  }),
};

function secretOf(text: string | null): SecretText | null {
  return text === null ? null : new SecretText(text);
}

function factsOf(name: string, { type, options, secrets }: TargetRecord): TargetFacts {
  const { hostKey } = options;
  return {
    ...{ name, type, options, secrets: [...secrets] },
    place: placeOf(options),
    hostKey: typeof hostKey === 'string' ? hostKey : null,
  };
}

/** Where a target leads, from the options that a kind has: `user@host:port/path`, or a folder. */
function placeOf({ user, host, port, path }: TargetRecord['options']): string {
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (text(host) === '') return text(path);
  const at = text(user) === '' ? '' : `${text(user)}@`;
  const atPort = text(port) === '' ? '' : `:${text(port)}`;
  const root = text(path);
  return `${at}${text(host)}${atPort}${root === '' || root === '.' ? '' : `/${root.replace(/^\//, '')}`}`;
}
