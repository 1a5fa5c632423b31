import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { batchSchema } from '../../../../src-main/connectors/mysql/batch-schema.ts';
import { Exchange } from '../../../../src-main/connectors/mysql/exchange.ts';
import { columnsOf, RULES, TEXT } from './collect.ts';
import { columnPayload, EOF_PAYLOAD, join, lengthInteger, PacketStream, rowPayload } from './packets.ts';

/** A socket whose other side is the test. */
class FakeSocket extends Duplex {
  readonly written: Buffer[] = [];
  override _read(): void {
    // What the server says is pushed by the test.
  }
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.written.push(chunk);
    done();
  }
}

function start(sql = 'select 1'): { readonly socket: FakeSocket; readonly exchange: Exchange } {
  const socket = new FakeSocket();
  socket.pause();
  const schema = () => batchSchema(columnsOf(TEXT));
  return { socket, exchange: new Exchange(socket, sql, { rules: RULES, schema, wire: false }) };
}

const head = (sequence = 1): PacketStream =>
  new PacketStream(sequence).add(lengthInteger(1), columnPayload({ name: 'c' }), EOF_PAYLOAD);

describe('exchange', () => {
  it('sends nothing but the statement to a server that asks for a file, and hangs up', async () => {
    const { socket, exchange } = start();
    socket.push(new PacketStream().add(join([Uint8Array.of(0xfb), new TextEncoder().encode('/etc/passwd')])).bytes());
    await expect(exchange.next()).rejects.toMatchObject({ code: 'SOURCE/PROTOCOL' });
    expect(Buffer.concat(socket.written).toString('latin1')).toBe('\u0009\0\0\0\u0003select 1');
    expect(socket.destroyed).toBe(true);
  });

  it('stops the socket while batches wait, and goes on when they are pulled', async () => {
    const { socket, exchange } = start();
    const row = rowPayload(['x'.repeat(60_000)]);
    const all = head();
    for (let i = 0; i < 200; i++) all.add(row);
    const bytes = all.add(EOF_PAYLOAD).bytes();
    for (let from = 0; from < bytes.length; from += 65_536) socket.push(bytes.subarray(from, from + 65_536));
    let rows = 0;
    let stopped = 0;
    for (let batch = await exchange.next(); batch !== null; batch = await exchange.next()) {
      rows += batch.rows;
      if (socket.isPaused()) stopped++;
      batch.release();
    }
    expect(rows).toBe(200);
    expect(stopped).toBeGreaterThan(3);
    expect(socket.listenerCount('data')).toBe(0);
  });

  it('divides a statement of 16 MiB and more, and counts the answer’s packets on from there', async () => {
    const { socket, exchange } = start(`select '${'x'.repeat(0xffffff)}'`);
    const [first, second] = socket.written.map((packet) => packet.subarray(0, 4));
    expect([...(first ?? [])]).toEqual([0xff, 0xff, 0xff, 0]);
    expect([...(second ?? [])]).toEqual([10, 0, 0, 1]);
    socket.push(
      head(2)
        .add(rowPayload(['a']), EOF_PAYLOAD)
        .bytes(),
    );
    expect((await exchange.next())?.rows).toBe(1);
    expect(await exchange.next()).toBeNull();
  });

  it('fails when the socket closes before the end, after the rows that came whole', async () => {
    const { socket, exchange } = start();
    socket.push(
      head()
        .add(rowPayload(['a']))
        .bytes(),
    );
    const next = exchange.next();
    socket.destroy();
    await expect(next).rejects.toMatchObject({ code: 'SOURCE/CONNECTION_LOST' });
    exchange.release();
  });
});
