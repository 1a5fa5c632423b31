import type { MessageEvent } from 'electron';
import { toAppError } from '../../../../src-shared/errors/app-error.ts';
import { exitCodeOf } from '../../../../src-shared/errors/catalog.ts';
import type { Desk } from '../../../app/desk/desk.ts';
import { serveChannel } from '../../../app/desk/serve-channel.ts';
import { toCore, type FromCore, type StartCore } from '../bridge/core-messages.ts';
import { openDesk } from './open-desk.ts';
import { portChannel } from './port-channel.ts';
import { watchWork } from './watch-work.ts';

// The core in a process of its own, forked by the desktop's main process: it crashes alone, and work here never holds up the
// window. It is told once how to start, then handed a port for each page.
const { parentPort } = process;
const tell = (message: FromCore): void => parentPort.postMessage(message);

interface Opened {
  readonly desk: Desk;
  readonly close: () => Promise<void>;
}

let opened: Promise<Opened> | null = null;

parentPort.on('message', (event) => {
  const message = toCore.safeParse(event.data);
  if (!message.success) return;
  if (message.data.kind === 'start' && opened === null) {
    opened = start(message.data);
    // A start that fails has been told; whoever waits for the core hears of it as well.
    opened.catch(() => undefined);
  }
  if (message.data.kind === 'page') servePage(event);
  if (message.data.kind === 'end') void end();
});

async function start(options: StartCore): Promise<Opened> {
  // Electron's own executable is no Node: children of the core run on the Node that comes with the application.
  process.execPath = options.node;
  try {
    const composed = await openDesk(options, tell);
    watchWork(composed.desk, (work) => tell({ kind: 'work', ...work }));
    return composed;
  } catch (error) {
    const { code, message, remedy } = toAppError(error);
    // The main process says it to the person and then ends this one.
    tell({ kind: 'failed', code, message, remedy: remedy ?? null });
    process.exitCode = exitCodeOf(code);
    throw error;
  }
}

/** What the page sends before the core is open waits in the port. */
function servePage({ ports: [port] }: MessageEvent): void {
  if (port === undefined || opened === null) return;
  opened.then(
    ({ desk }) => serveChannel(portChannel(port), desk),
    () => port.close(),
  );
}

async function end(): Promise<never> {
  await opened?.then(({ close }) => close()).catch(() => undefined);
  process.exit();
}
