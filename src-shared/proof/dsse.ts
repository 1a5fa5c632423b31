// DSSE v1 envelopes (https://github.com/secure-systems-lab/dsse): the signature covers the payload's type and its bytes.
import { fromBase64, toBase64 } from '../util/base64.ts';
import { utf8 } from '../util/utf8.ts';
import { parseJsonObject, isJsonObject } from './parse-json.ts';
import { accepted, refused, type Parsed } from './parsed.ts';
import type { ProofPrimitives } from './primitives.ts';
import type { VerifierKey } from './vkey.ts';

const MAX_SIGNATURES = 16;

export interface EnvelopeSignature {
  /** A hint for people; who signed is decided by the signature alone. */
  readonly keyid: string;
  readonly signature: Uint8Array;
}

export interface Envelope {
  readonly payloadType: string;
  readonly payload: Uint8Array;
  readonly signatures: readonly EnvelopeSignature[];
}

/** `DSSEv1 <len(type)> <type> <len(body)> <body>`: what is signed. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const head = utf8(`DSSEv1 ${utf8(payloadType).length} ${payloadType} ${payload.length} `);
  const encoded = new Uint8Array(head.length + payload.length);
  encoded.set(head);
  encoded.set(payload, head.length);
  return encoded;
}

/** The envelope as JSON, one line. */
export function formatEnvelope({ payloadType, payload, signatures }: Envelope): string {
  const lines = signatures.map(({ keyid, signature }) => ({ keyid, sig: toBase64(signature) }));
  return `${JSON.stringify({ payloadType, payload: toBase64(payload), signatures: lines })}\n`;
}

/** Reads an envelope without judging it. */
export function parseEnvelope(bytes: Uint8Array): Parsed<Envelope> {
  const json = parseJsonObject(bytes);
  if (!json.ok) return json;
  const { payloadType, payload, signatures } = json.value;
  if (typeof payloadType !== 'string' || typeof payload !== 'string')
    return refused('The envelope lacks a payload or its type.');
  const decoded = fromBase64(payload);
  if (decoded === undefined) return refused('The payload is not base64.');
  if (!Array.isArray(signatures) || signatures.length === 0 || signatures.length > MAX_SIGNATURES) {
    return refused('The envelope has no signature or more than 16.');
  }
  const read: EnvelopeSignature[] = [];
  for (const entry of signatures as unknown[]) {
    const signature = isJsonObject(entry) && typeof entry['sig'] === 'string' ? fromBase64(entry['sig']) : undefined;
    if (!isJsonObject(entry) || signature === undefined) return refused('A signature is not base64.');
    read.push({ keyid: typeof entry['keyid'] === 'string' ? entry['keyid'] : '', signature });
  }
  return accepted({ payloadType, payload: decoded, signatures: read });
}

/** The payload, if it is of the type expected and a known key signed it: parse these bytes and no others. */
export function openEnvelope(
  primitives: Pick<ProofPrimitives, 'ed25519Verify'>,
  bytes: Uint8Array,
  expected: { payloadType: string; known: readonly VerifierKey[] },
): Parsed<Uint8Array> {
  const envelope = parseEnvelope(bytes);
  if (!envelope.ok) return envelope;
  const { payloadType, payload, signatures } = envelope.value;
  if (payloadType !== expected.payloadType) return refused('The payload is of another type.');
  const message = preAuthEncoding(payloadType, payload);
  const holds = signatures.some(({ signature }) =>
    expected.known.some((key) => primitives.ed25519Verify(key.publicKey, message, signature)),
  );
  return holds ? accepted(payload) : refused('No known key signed it.');
}
