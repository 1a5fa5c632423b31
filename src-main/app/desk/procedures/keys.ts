import type { KeyFacts } from '../../../../src-shared/contract/secrets.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { addKey, destroyKey } from '../../pseudonym-keys.ts';
import type { KeyRecord } from '../../records.ts';
import { procedures } from '../procedure.ts';

export const keyProcedures = {
  list: procedures.keys.list.handler(async ({ context: { desk } }) =>
    Object.entries(await desk.core.records.keys.read()).map(([name, record]) => factsOf(name, record)),
  ),

  add: procedures.keys.add.handler(async ({ context: { desk }, input }) => {
    const record = await addKey(desk.core, input.name);
    desk.changes.touchBasis();
    return factsOf(input.name, record);
  }),

  destroy: procedures.keys.destroy.handler(async ({ context: { desk }, input }) => {
    if (input.confirm !== input.name) {
      throw appError('MASK/KEY_NOT_CONFIRMED', {
        message: `The key ${input.name} was not destroyed: its name was not repeated.`,
        remedy: `Type ${input.name} to confirm; it cannot be undone.`,
      });
    }
    const record = await destroyKey(desk.core, input.name);
    desk.changes.touchBasis();
    return factsOf(input.name, record);
  }),
};

function factsOf(name: string, { fingerprint, created, destroyed }: KeyRecord): KeyFacts {
  return { name, fingerprint, created, destroyed: destroyed ?? null, own: name.startsWith('connection:') };
}
