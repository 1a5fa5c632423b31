import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import type { Desk } from '../../../app/desk/desk.ts';
import { compose } from '../../../compose.ts';
import type { FromCore, StartCore } from '../bridge/core-messages.ts';

/** The core over the home that the main process named. Files are shown by the main process, which has the desktop. */
export function openDesk(
  { home, documents, passphrase }: StartCore,
  tell: (message: FromCore) => void,
): Promise<{ readonly desk: Desk; readonly close: () => Promise<void> }> {
  return compose.desk(
    {
      ...(home === null ? {} : { home }),
      passphrase: passphrase === null ? null : new SecretText(passphrase),
      host: { askSecret: null, confirm: null },
      env: process.env,
      throwAway: false,
    },
    {
      documents,
      reveal: (path) => {
        tell({ kind: 'reveal', path });
        return Promise.resolve(true);
      },
    },
  );
}
