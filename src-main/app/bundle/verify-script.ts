/**
 * verify.py of a bundle: the ledger in it checked with nothing but Python's standard library, in at most 40 lines, so that
 * an auditor can read it before running it.
 */
export const VERIFY_SCRIPT = String.raw`#!/usr/bin/env python3
# Recomputes the root of data/ledger (RFC 6962), verifies its signature (Ed25519, RFC 8032). Needs Python 3.8, nothing else.
import base64, hashlib, pathlib, sys
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
def sha256(data): return hashlib.sha256(data).digest()
def need(holds, what): return holds or sys.exit(print("FAILED: " + what) or 1)
def add(p, q):
    t = D * p[0] * q[0] * p[1] * q[1]
    return (p[0]*q[1] + p[1]*q[0]) * pow(1 + t, -1, P) % P, (p[1]*q[1] + p[0]*q[0]) * pow(1 - t, -1, P) % P
def times(n, p): return (0, 1) if n == 0 else add(times(n - 1, p), p) if n & 1 else times(n >> 1, add(p, p))
def point(data):
    y, odd = int.from_bytes(data, "little") % 2**255, data[31] >> 7
    xx = (y*y - 1) * pow(D*y*y + 1, -1, P) % P
    root = pow(xx, (P + 3) // 8, P)
    x = [r for r in (root, root * pow(2, (P - 1) // 4, P) % P) if r*r % P == xx][0]
    return need(y < P and (x or not odd), "not a point of the curve") and (P - x if x & 1 != odd else x, y)
def unbase64(text):
    return need(base64.b64encode(base64.b64decode(text)).decode() == text, "not base64") and base64.b64decode(text)
def verify(ledger):
    name, key_id, key = (ledger / "log.vkey").read_bytes().decode().split("+", 2)
    public, end = unbase64(key[:-1]), key[-1]
    need(end == "\n" and public[0] == 1 and len(public) == 33, "log.vkey is not an Ed25519 key")
    need(sha256(name.encode() + b"\n" + public).hex()[:8] == key_id, "log.vkey has the id of another key")
    text, _, notes = (ledger / "checkpoint").read_bytes().decode().rpartition("\n\n")
    mine = [unbase64(n.rsplit(" ", 1)[1]) for n in notes.split("\n") if n.startswith("\u2014 " + name + " ")]
    (origin, size, root), [sig] = text.split("\n"), [s for s in mine if s[:4].hex() == key_id and len(s) == 68]
    h, s = hashlib.sha512(sig[4:36] + public[1:] + text.encode() + b"\n").digest(), int.from_bytes(sig[36:], "little")
    right = add(point(sig[4:36]), times(int.from_bytes(h, "little") % L, point(public[1:])))
    need(s < L and times(s, point(bytes([88] + [102] * 31))) == right and notes[-1] == "\n", "the signature does not hold")
    leaves, stack = 0, []
    for line in open(ledger / "entries.jsonl", "rb"):
        node, n, leaves = sha256(b"\0" + line[:-1]), need(line.endswith(b"\n"), "the last entry has no end") and leaves, leaves + 1
        while n & 1: node, n = sha256(b"\1" + stack.pop() + node), n >> 1
        stack.append(node)
    while len(stack) > 1: stack.append(sha256(b"\1" + b"".join([stack.pop(), stack.pop()][::-1])))
    need((origin, size, root) == (name, str(leaves), base64.b64encode(stack[0]).decode()), "the entries are not the signed ones")
    print("OK: %d entries of %s, signed by SHA256:%s" % (leaves, name, base64.b64encode(sha256(public[1:])).decode()[:43]))
try: verify(pathlib.Path(__file__).resolve().parent / "data/ledger")
except Exception as error: need(False, "%s: %s" % (type(error).__name__, error))
`;
