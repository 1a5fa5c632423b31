// The process that reads one session's database file. SQLite cannot be interrupted from JavaScript, and a thread inside it
// holds up even process.exit(): only a process of its own can be ended in time, by killing it (ADR 0007).
import { Worker } from 'node:worker_threads';
import { FrameWriter } from './frame-writer.ts';
import { MessageSource } from './message-source.ts';
import { ownScript } from './own-script.ts';
import { FRAMES, LIFELINE, MESSAGES } from './reader-protocol.ts';
import { TaskServer } from './task-server.ts';

const WATCH_STARTS_WITHIN_MS = 10_000;

const waiting = new Int32Array(new SharedArrayBuffer(4));
void new Worker(ownScript('lifeline-worker'), { workerData: { descriptor: LIFELINE, waiting } });

// No statement before the watch is on: a parent that dies in the first instant leaves no orphan either.
if (Atomics.wait(waiting, 0, 0, WATCH_STARTS_WITHIN_MS) !== 'timed-out') {
  try {
    new TaskServer(new MessageSource(MESSAGES), new FrameWriter(FRAMES)).serve();
  } catch {
    // The pipe broke: the parent is gone, or hears of it by the end of this process.
  }
}
// Not exit(): it would wait for the thread that watches.
process.kill(process.pid, 'SIGKILL');
