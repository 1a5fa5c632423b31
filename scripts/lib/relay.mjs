import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Becomes the command as far as Node allows: same standard streams, same arguments, its exit code or signal is ours.
 * A signal reaches the command once: what a terminal sends to the whole foreground group is not sent again.
 */
export async function relay(command, args, options = {}) {
  const { code, signal } = await relayToEnd(command, args, options);
  if (signal === null) return code ?? 70;
  for (const name of process.eventNames()) if (name === signal) process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // The signal ends this process; until it is here there is nothing to say.
  return new Promise(() => undefined);
}

/**
 * The same, for a caller that goes on afterwards: tells how the command ended.
 *
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
export function relayToEnd(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const passOn = (signal) => {
      if (!isFromTerminal(signal)) child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, passOn);
    const done = () => SIGNALS.forEach((signal) => process.off(signal, passOn));
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      done();
      resolve({ code, signal });
    });
  });
}

/** Ctrl+C and Ctrl+\ go to every process of the terminal's foreground group, so the command has got it already. */
function isFromTerminal(signal) {
  if (signal !== 'SIGINT' && signal !== 'SIGQUIT') return false;
  if (process.platform !== 'linux') return process.stdin.isTTY;
  // proc(5): after "(name)" come state, ppid, pgrp, session, tty_nr, tpgid.
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [, , group, , terminal, foreground] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return terminal !== '0' && group === foreground;
}
