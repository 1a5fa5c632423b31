import { isSafePath } from '../../../../src-shared/proof/safe-path.ts';
import { appError } from '../../../../src-shared/errors/app-error.ts';
import { procedures } from '../procedure.ts';

export const deliveryProcedures = {
  list: procedures.deliveries.list.handler(({ context: { desk } }) => desk.deliveries.list()),

  send: procedures.deliveries.send.handler(async ({ context: { desk }, input }) => {
    const path = input.path.replace(/\/+$/, '');
    if (path !== '' && !isSafePath(path)) {
      throw appError('TARGET/OPTION_INVALID', {
        message: `The folder ${input.path} leads out of the target.`,
        remedy: 'Give a relative folder without . and .. parts.',
      });
    }
    return { id: await desk.deliveries.send({ ...input, path }) };
  }),

  watch: procedures.deliveries.watch.handler(({ context: { desk }, input, signal }) =>
    desk.deliveries.watch(input.id, signal),
  ),

  cancel: procedures.deliveries.cancel.handler(({ context: { desk }, input }) => desk.deliveries.cancel(input.id)),
};
