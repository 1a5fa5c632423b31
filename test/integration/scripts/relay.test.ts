import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MODULE = JSON.stringify(fileURLToPath(new URL('../../../scripts/lib/relay.mjs', import.meta.url)));

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

/** Starts `command` behind the relay; when it says "ready", calls `then` with the relay's pid. */
function relayed(command: string, then: (pid: number) => void = () => undefined): Promise<Outcome> {
  const script = `const { relay } = await import(${MODULE});
    process.exitCode = await relay(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(command)}]);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const wasReady = output.includes('ready');
    output += chunk.toString();
    if (!wasReady && output.includes('ready') && child.pid !== undefined) then(child.pid);
  });
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, output }));
  });
}

const COUNTS_INTERRUPTS = `let count = 0; process.on('SIGINT', () => { count++; if (count === 1) setTimeout(() => {
  process.stdout.write(' interrupts: ' + count); process.exit(130); }, 200); }); setInterval(() => 0, 1000); process.stdout.write('ready');`;

describe('the relayed command', () => {
  it('gives its exit code', async () => {
    await expect(relayed('process.exit(9)')).resolves.toMatchObject({ code: 9, signal: null });
  });

  it('gets an interrupt sent to the relay once, and its 130 comes through', async () => {
    const outcome = await relayed(COUNTS_INTERRUPTS, (pid) => process.kill(pid, 'SIGINT'));
    expect(outcome).toMatchObject({ code: 130, output: 'ready interrupts: 1' });
  });

  it('gives the signal it dies of', async () => {
    const outcome = await relayed("setInterval(() => 0, 1000); process.stdout.write('ready');", (pid) =>
      process.kill(pid, 'SIGTERM'),
    );
    expect(outcome.signal).toBe('SIGTERM');
  });

  it('gets Ctrl+C of a terminal once', async () => {
    // Python's pty module gives the relay a terminal of its own and types Ctrl+C into it.
    const script = `const { relay } = await import(${MODULE});
      process.exitCode = await relay(process.execPath, ['--input-type=module', '-e', ${JSON.stringify(COUNTS_INTERRUPTS)}]);`;
    const typist = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], [sys.argv[1], '--input-type=module', '-e', sys.argv[2]])
seen = b''
typed = False
while True:
    try:
        chunk = os.read(terminal, 1024)
    except OSError:
        break
    if not chunk:
        break
    seen += chunk
    if not typed and b'ready' in seen:
        typed = True
        os.write(terminal, b'\\x03')
status = os.waitpid(pid, 0)[1]
print(seen.decode(), os.waitstatus_to_exitcode(status))
`;
    const python = spawn('python3', ['-c', typist, process.execPath, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    python.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    await new Promise((resolve) => python.once('close', resolve));
    expect(output).toContain('interrupts: 1 130');
  });
});
