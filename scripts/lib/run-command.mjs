import { spawn } from 'node:child_process';

/**
 * Runs a command to its end and collects what it prints.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, echo?: boolean }} [options] `echo`: show the output on stderr while it comes.
 * @returns {Promise<{ code: number, output: string }>} A command that cannot be started or dies by a signal has code 127 or 128.
 */
export function runCommand(command, args, { cwd, env, echo = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        chunks.push(chunk);
        if (echo) process.stderr.write(chunk);
      });
    }
    const finish = (code, remark) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') + remark });
    child.on('error', (error) => finish(127, `${command}: ${error.message}\n`));
    child.on('close', (code, signal) => finish(code ?? 128, signal === null ? '' : `${command}: ended by ${signal}\n`));
  });
}
