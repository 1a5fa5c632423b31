import { app } from 'electron';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { Desktop } from './desktop.ts';
import { readLaunchOptions, type LaunchOptions } from './launch-options.ts';
import { lockContents, lockSession } from './lock-down.ts';
import { servePages } from './page-protocol.ts';
import { registerScheme } from './own-pages.ts';
import { placesOf, type Places } from './places.ts';

/** Everything from the first line to the open window. What has to come before `ready` stands before it here. */
export function boot(): void {
  const places = placesOf();
  const options = readLaunchOptions(process.argv, process.env);
  const passphrase = takePassphrase();
  app.setPath('userData', places.profileOf(options.home));
  app.enableSandbox();
  registerScheme();
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // Before any page, so that none is ever open unlocked.
  app.on('web-contents-created', (_event, contents) => lockContents(contents));
  void app.whenReady().then(() => open({ places, options, passphrase }));
}

interface Opening {
  readonly places: Places;
  readonly options: LaunchOptions;
  readonly passphrase: SecretText | null;
}

function open({ places, options, passphrase }: Opening): void {
  lockSession();
  servePages(places.pages);
  const desktop = new Desktop({ places, home: options.home, passphrase });
  app.on('second-instance', () => desktop.show());
  app.on('activate', () => desktop.show());
  app.on('before-quit', (event) => {
    if (!desktop.isLeaving) event.preventDefault();
    void desktop.leave();
  });
  app.on('window-all-closed', () => app.quit());
}

/** Read once, and gone before any child starts. */
function takePassphrase(): SecretText | null {
  const given = process.env['WAYBILL_PASSPHRASE'];
  delete process.env['WAYBILL_PASSPHRASE'];
  return given === undefined ? null : new SecretText(given);
}
