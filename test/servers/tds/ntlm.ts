// NTLM as far as a login goes: a challenge, and whether the answer to it knows the password. [MS-NLMP] 2.2.1, 3.3.2.
import { createHmac, randomBytes } from 'node:crypto';
import { ucs2, u16, u32 } from './bytes.ts';
import { md4 } from './md4.ts';

const SIGNATURE = 'NTLMSSP\0';
const HEAD = 56;

export class NtlmExchange {
  readonly #nonce = randomBytes(8);

  /** The second message, to the first one of the client. */
  challenge(first: Buffer, domain: string): Buffer {
    if (!first.toString('latin1').startsWith(SIGNATURE) || first.readUInt32LE(8) !== 1) {
      throw new Error('this is no first message of NTLM');
    }
    const name = ucs2(domain);
    const target = Buffer.concat([u16(2), u16(name.length), name, u32(0)]);
    const field = (length: number, at: number): Buffer => Buffer.concat([u16(length), u16(length), u32(at)]);
    return Buffer.concat([
      ...[Buffer.from(SIGNATURE, 'latin1'), u32(2), field(name.length, HEAD), u32(0x00810201), this.#nonce],
      ...[Buffer.alloc(8), field(target.length, HEAD + name.length), Buffer.alloc(8), name, target],
    ]);
  }

  /** Whether the third message was made by this user of this domain, with this password. */
  accepts(
    third: Buffer,
    known: { readonly user: string; readonly domain: string; readonly password: string },
  ): boolean {
    const field = (at: number): Buffer => {
      const from = third.readUInt32LE(at + 4);
      return third.subarray(from, from + third.readUInt16LE(at));
    };
    const domain = field(28).toString('utf16le');
    const user = field(36).toString('utf16le');
    if (user !== known.user || domain.toUpperCase() !== known.domain.toUpperCase()) return false;
    const at = third.readUInt32LE(24);
    const proof = third.subarray(at, at + 16);
    const blob = third.subarray(at + 16);
    const key = hmac(md4(ucs2(known.password)), ucs2(user.toUpperCase() + domain.toUpperCase()));
    return hmac(key, Buffer.concat([this.#nonce, blob])).equals(proof);
  }
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}
