/** What is in packets of MySQL's protocol, one behind the other, without their headers. */
export function payloadsOf(wire: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < wire.length;) {
    const end = at + 4 + wire.readUIntLE(at, 3);
    found.push(wire.subarray(at + 4, end));
    at = end;
  }
  return found;
}
