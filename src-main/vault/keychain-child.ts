// The keychain's own process. A keychain that never answers holds a thread that nothing can interrupt, and a process
// waits for its threads even in process.exit(): only killing ends it in time, so it must not be the main process.
import type { KeychainCalls, KeychainReply, KeychainRequest } from './keychain-calls.ts';

let library: Promise<KeychainCalls> | undefined;

async function load(): Promise<KeychainCalls> {
  // CommonJS: its named exports are not all visible to ESM, the default is.
  const module = await import('keytar');
  return module.default;
}

async function answer({ id, method, args }: KeychainRequest): Promise<KeychainReply> {
  let calls: KeychainCalls;
  try {
    library ??= load();
    calls = await library;
  } catch (error) {
    return { id, ok: false, reason: 'load', text: textOf(error) };
  }
  try {
    const [service = '', account = '', password = ''] = args;
    if (method === 'setPassword') await calls.setPassword(service, account, password);
    const value = method === 'setPassword' ? true : await calls[method](service, account);
    return { id, ok: true, value };
  } catch (error) {
    return { id, ok: false, reason: 'refused', text: textOf(error) };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason given';
}

process.on('message', (request: KeychainRequest) => {
  void answer(request).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
