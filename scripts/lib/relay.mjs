import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Becomes the command as far as Node allows: same standard streams, same arguments, its exit code or signal is ours.
 * A signal reaches the command once: what a terminal sends to the whole foreground group is not sent again.
 */
export function relay(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
      process.on(signal, () => {
        if (!isFromTerminal(signal)) child.kill(signal);
      });
    }
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (signal === null) return resolve(code ?? 70);
      for (const name of process.eventNames()) if (name === signal) process.removeAllListeners(signal);
      process.kill(process.pid, signal);
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
