// The packet before the login, which agrees on encryption. [MS-TDS] 2.2.6.5.
import { u8 } from './bytes.ts';

const OPTION = { version: 0, encryption: 1, fedauth: 6, end: 0xff } as const;
export const ENCRYPTION = { off: 0, on: 1, notSupported: 2, required: 3 } as const;

export interface Prelogin {
  readonly encryption: number;
  readonly wantsFedauth: boolean;
}

export function readPrelogin(data: Buffer): Prelogin {
  const options = new Map<number, Buffer>();
  for (let at = 0; data[at] !== OPTION.end; at += 5) {
    if (at + 5 > data.length) throw new Error('the options of the prelogin have no end');
    const from = data.readUInt16BE(at + 1);
    options.set(data.readUInt8(at), data.subarray(from, from + data.readUInt16BE(at + 3)));
  }
  if (!options.has(OPTION.version)) throw new Error('the prelogin has no version');
  return {
    encryption: options.get(OPTION.encryption)?.[0] ?? ENCRYPTION.notSupported,
    wantsFedauth: options.get(OPTION.fedauth)?.[0] === 1,
  };
}

/** SQL Server 2022, and what it says to encryption. */
export function writePrelogin(encryption: number, fedauthRequired: boolean): Buffer {
  const values: readonly [number, Buffer][] = [
    [OPTION.version, Buffer.from([16, 0, 0x10, 0, 0, 0])],
    [OPTION.encryption, u8(encryption)],
    [OPTION.fedauth, u8(fedauthRequired ? 1 : 0)],
  ];
  const heads: Buffer[] = [];
  let from = 5 * values.length + 1;
  for (const [option, value] of values) {
    const head = Buffer.alloc(5);
    head[0] = option;
    head.writeUInt16BE(from, 1);
    head.writeUInt16BE(value.length, 3);
    heads.push(head);
    from += value.length;
  }
  return Buffer.concat([...heads, u8(OPTION.end), ...values.map(([, value]) => value)]);
}
