import { compose } from '../../../src-main/compose.ts';
import type { Desk } from '../../../src-main/app/desk/desk.ts';
import { SecretText } from '../../../src-shared/model/secret-text.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

/** A whole core with its desk over a home of its own; secrets in its passphrase vault. */
export async function openDesk(): Promise<{ readonly desk: Desk; readonly folder: TempFolder } & AsyncDisposable> {
  const folder = new TempFolder();
  const { desk, close } = await compose.desk(
    {
      home: folder.join('home'),
      passphrase: new SecretText('correct horse battery staple'),
      host: { askSecret: null, confirm: null },
      env: {},
      throwAway: false,
    },
    { documents: folder.path, reveal: null },
  );
  return {
    desk,
    folder,
    async [Symbol.asyncDispose]() {
      await close();
      folder[Symbol.dispose]();
    },
  };
}
