import { expect, it } from 'vitest';
import { Desktop } from './rig.ts';

/** Lets the test speak on the socket of the page. */
const KEEP_SOCKET = `
  const Plain = globalThis.WebSocket;
  globalThis.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      globalThis.keptSocket = this;
    }
  };
`;

it(
  'says that a window is cut off, not that the core has stopped, and goes on when it is loaded again',
  { timeout: 90_000 },
  async () => {
    await using desktop = await Desktop.open();
    const { page } = desktop;
    await page.addInitScript(KEEP_SOCKET);
    await page.reload();
    await page.getByRole('treeitem', { name: /customers/ }).waitFor();
    await page.evaluate("globalThis.keptSocket.send('no frame')");
    const said = page.getByRole('alertdialog', { name: /lost its connection/ });
    await said.waitFor();
    expect(await said.innerText()).toContain('Runs and deliveries go on');
    // What failed with it is told with its own code, and never as a mistake of the program.
    expect(await page.locator('.notices').innerText()).toContain('APP/CHANNEL_CLOSED');
    expect(await page.locator('body').innerText()).not.toContain('Internal error');
    await said.getByRole('button', { name: 'Load again' }).click();
    await page.getByRole('treeitem', { name: /customers/ }).waitFor();
  },
);
