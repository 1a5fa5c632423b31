import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Desktop } from './rig.ts';

// The page as it runs in the desktop, in a real Chromium: the bridge is stood in for, its port leads to the browser host.
const GIVE_BRIDGE = `
  const { port1, port2 } = new MessageChannel();
  const socket = new WebSocket('ws://' + location.host + '/core');
  socket.addEventListener('open', () => socket.send(sessionStorage.getItem('waybill-session')));
  socket.addEventListener('message', () => {
    socket.addEventListener('message', ({ data }) => port1.postMessage(data));
    port1.addEventListener('message', ({ data }) => socket.send(data));
    port1.start();
  }, { once: true });
  window.waybillDesktop = {
    connect: () => window.postMessage('waybill:port', '*', [port2]),
    setProgress: () => undefined,
    onCommand: (listener) => {
      window.chooseInMenu = listener;
      return () => undefined;
    },
  };`;

describe('the page in the desktop', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await Desktop.open();
    const { page } = desktop;
    await page.addInitScript({ content: GIVE_BRIDGE });
    await page.reload();
  });
  afterAll(() => desktop[Symbol.asyncDispose]());

  it('speaks to the core through the port that the shell hands over', async () => {
    await desktop.page.getByRole('treeitem', { name: /customers/ }).waitFor();
    expect(desktop.complaints).toEqual([]);
  });

  it('runs the actions of the native menu by their names', async () => {
    const { page } = desktop;
    const choose = (id: string): Promise<unknown> => page.evaluate(`window.chooseInMenu('${id}')`);
    await choose('theme-dark');
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    await choose('palette');
    await page.getByRole('combobox', { name: 'Search or run an action' }).waitFor();
    await page.keyboard.press('Escape');
    await choose('keys');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await choose('no-such-action');
    expect(desktop.complaints).toEqual([]);
  });

  it('says that the core is gone, and offers to start it again', async () => {
    const { page } = desktop;
    await page.evaluate("window.postMessage('waybill:core-closed', '*')");
    const said = page.getByRole('alertdialog');
    await said.getByRole('button', { name: 'Start again' }).click();
    await page.getByRole('treeitem', { name: /customers/ }).waitFor();
  });
});
