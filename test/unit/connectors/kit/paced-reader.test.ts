import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PacedReader } from '../../../../src-main/connectors/kit/paced-reader.ts';

let socket: Socket;
beforeEach(() => {
  vi.useFakeTimers();
  socket = new Socket();
  socket.resume();
});
afterEach(() => {
  vi.useRealTimers();
  socket.destroy();
});

it('rests after a small piece and goes on by itself', () => {
  const reader = new PacedReader(socket, { paced: true });
  reader.arrived(8192);
  expect(socket.isPaused()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(socket.isPaused()).toBe(false);
});

it('does not rest after a large piece', () => {
  new PacedReader(socket, { paced: true }).arrived(64 * 1024);
  expect(socket.isPaused()).toBe(false);
});

it('never rests where a piece says nothing about the server, as over TLS', () => {
  new PacedReader(socket, { paced: false }).arrived(8192);
  expect(socket.isPaused()).toBe(false);
});

it('stays paused while it is held, though a rest ends meanwhile', () => {
  const reader = new PacedReader(socket, { paced: true });
  reader.arrived(8192);
  reader.hold();
  vi.advanceTimersByTime(5);
  expect(socket.isPaused()).toBe(true);
  reader.go();
  expect(socket.isPaused()).toBe(false);
});

it('leaves the socket flowing at its end, and does not touch it later', () => {
  const reader = new PacedReader(socket, { paced: true });
  reader.arrived(8192);
  reader.end();
  expect(socket.isPaused()).toBe(false);
  socket.pause();
  vi.advanceTimersByTime(5);
  expect(socket.isPaused()).toBe(true);
});
