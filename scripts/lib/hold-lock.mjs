import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Does `body` while no other process on this machine does it under the same name. The lock is a listening socket:
 * the kernel releases it when its holder dies, so there is nothing stale to clean up.
 */
export async function holdLock(name, body) {
  const address = addressOf(name);
  let server = await listen(address);
  while (server === null) {
    await untilReleased(address);
    server = await listen(address);
  }
  const peers = new Set();
  server.on('connection', (peer) => {
    peers.add(peer);
    // A waiter that goes away is no concern of the holder.
    peer.on('error', () => peers.delete(peer));
    peer.on('close', () => peers.delete(peer));
  });
  try {
    return await body();
  } finally {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const peer of peers) peer.destroy();
    await closed;
  }
}

function addressOf(name) {
  const user = process.getuid?.() ?? 'user';
  const key = `waybill-${user}-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${key}`;
  // Linux: the abstract namespace, no file at all.
  return process.platform === 'linux' ? `\0${key}` : join(tmpdir(), key);
}

function listen(address) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

/** Waits on a connection to the holder; it ends when the holder lets go or dies. */
function untilReleased(address) {
  return new Promise((resolve) => {
    const socket = net.connect(address);
    socket.on('error', (error) => {
      // A socket file whose owner died (macOS): nobody listens, so it may go.
      if (error.code === 'ECONNREFUSED' && !address.startsWith('\0')) unlinkSync(address);
    });
    socket.on('close', resolve);
    socket.resume();
  });
}
