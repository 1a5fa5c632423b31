// The login. [MS-TDS] 2.2.6.4.

export interface LoginRequest {
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly applicationName: string;
  readonly language: string;
  readonly packetBytes: number;
  readonly isReadOnly: boolean;
  /** First message of NTLM; null: another kind of login. */
  readonly sspi: Buffer | null;
  /** An access token; null: another kind of login. */
  readonly token: string | null;
}

const INTEGRATED = 0x80;
const READ_ONLY_INTENT = 0x20;
const EXTENSION = 0x10;
const FEDAUTH = 0x02;
const END = 0xff;

export function readLogin(data: Buffer): LoginRequest {
  if (data.readUInt32LE(0) !== data.length) throw new Error('the login has another length than it says');
  const field = (at: number, unit = 2): Buffer =>
    data.subarray(data.readUInt16LE(at), data.readUInt16LE(at) + unit * data.readUInt16LE(at + 2));
  const text = (at: number): string => field(at).toString('utf16le');
  return {
    packetBytes: data.readUInt32LE(8),
    isReadOnly: (data.readUInt8(26) & READ_ONLY_INTENT) !== 0,
    user: text(40),
    password: unscrambled(field(44)).toString('utf16le'),
    applicationName: text(48),
    language: text(64),
    database: text(68),
    sspi: (data.readUInt8(25) & INTEGRATED) === 0 ? null : field(78, 1),
    token: (data.readUInt8(27) & EXTENSION) === 0 ? null : tokenOf(data, data.readUInt32LE(data.readUInt16LE(56))),
  };
}

/** Every byte has its halves swapped, then some bits turned over. */
function unscrambled(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => ((byte ^ 0xa5) << 4) | ((byte ^ 0xa5) >> 4)));
}

/** The access token among the features the client asks for. */
function tokenOf(data: Buffer, start: number): string | null {
  for (let at = start; data[at] !== END;) {
    const length = data.readUInt32LE(at + 1);
    if (data[at] === FEDAUTH && data.readUInt8(at + 5) >> 1 === 1) {
      const bytes = data.readUInt32LE(at + 6);
      return data.subarray(at + 10, at + 10 + bytes).toString('utf16le');
    }
    at += 5 + length;
  }
  return null;
}
