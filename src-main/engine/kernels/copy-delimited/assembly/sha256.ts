// SHA-256 (FIPS 180-4) twice: one message at a time, and four messages at a time in the lanes of vectors.
import {
  BLOCK,
  ROUND_LANES,
  ROUND_WORDS,
  SCHEDULE,
  SCHEDULE_LANES,
  STATE_LANES,
} from './memory-map';

@inline function word(at: usize): u32 {
  return load<u32>(at);
}

/** Takes the 16 words at BLOCK (in the machine's byte order) into the state `from` and writes the new state to `to`. */
export function compress(from: usize, to: usize): void {
  memory.copy(SCHEDULE, BLOCK, 64);
  for (let i: usize = 64; i < 256; i += 4) {
    const x = word(SCHEDULE + i - 60);
    const y = word(SCHEDULE + i - 8);
    const small0 = rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >>> 3);
    const small1 = rotr<u32>(y, 17) ^ rotr<u32>(y, 19) ^ (y >>> 10);
    store<u32>(SCHEDULE + i, word(SCHEDULE + i - 64) + small0 + word(SCHEDULE + i - 28) + small1);
  }
  let a = word(from), b = word(from + 4), c = word(from + 8), d = word(from + 12);
  let e = word(from + 16), f = word(from + 20), g = word(from + 24), h = word(from + 28);
  for (let i: usize = 0; i < 256; i += 4) {
    const t =
      h + (rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25)) + (g ^ (e & (f ^ g))) +
      word(ROUND_WORDS + i) + word(SCHEDULE + i);
    const u = (rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22)) + ((a & b) | (c & (a | b)));
    h = g;
    g = f;
    f = e;
    e = d + t;
    d = c;
    c = b;
    b = a;
    a = t + u;
  }
  store<u32>(to, word(from) + a);
  store<u32>(to + 4, word(from + 4) + b);
  store<u32>(to + 8, word(from + 8) + c);
  store<u32>(to + 12, word(from + 12) + d);
  store<u32>(to + 16, word(from + 16) + e);
  store<u32>(to + 20, word(from + 20) + f);
  store<u32>(to + 24, word(from + 24) + g);
  store<u32>(to + 28, word(from + 28) + h);
}

@inline function lanes(at: usize): v128 {
  return v128.load(at);
}

@inline function add(x: v128, y: v128): v128 {
  return i32x4.add(x, y);
}

@inline function turn(x: v128, right: i32): v128 {
  return v128.or(i32x4.shr_u(x, right), i32x4.shl(x, 32 - right));
}

@inline function big0(x: v128): v128 {
  return v128.xor(v128.xor(turn(x, 2), turn(x, 13)), turn(x, 22));
}

@inline function big1(x: v128): v128 {
  return v128.xor(v128.xor(turn(x, 6), turn(x, 11)), turn(x, 25));
}

@inline function small0(x: v128): v128 {
  return v128.xor(v128.xor(turn(x, 7), turn(x, 18)), i32x4.shr_u(x, 3));
}

@inline function small1(x: v128): v128 {
  return v128.xor(v128.xor(turn(x, 17), turn(x, 19)), i32x4.shr_u(x, 10));
}

/** The part of a round that goes into both new words. */
@inline function mix(e: v128, f: v128, g: v128, h: v128, i: usize): v128 {
  const known = add(lanes(ROUND_LANES + i), lanes(SCHEDULE_LANES + i));
  return add(add(h, known), add(big1(e), v128.bitselect(f, g, e)));
}

@inline function blend(a: v128, b: v128, c: v128): v128 {
  return add(big0(a), v128.bitselect(c, b, v128.xor(a, b)));
}

/**
 * Takes the 16 vectors at SCHEDULE_LANES (one word of each of four messages) into the state `from`, eight vectors, and
 * writes the new states to STATE_LANES. Eight rounds per step: the working variables change roles instead of places.
 */
export function compressLanes(from: usize): void {
  for (let i: usize = 256; i < 1024; i += 16) {
    const at = SCHEDULE_LANES + i;
    const sum = add(lanes(at - 256), small0(lanes(at - 240)));
    v128.store(at, add(add(sum, lanes(at - 112)), small1(lanes(at - 32))));
  }
  let a = lanes(from), b = lanes(from + 16), c = lanes(from + 32), d = lanes(from + 48);
  let e = lanes(from + 64), f = lanes(from + 80), g = lanes(from + 96), h = lanes(from + 112);
  for (let i: usize = 0; i < 1024; i += 128) {
    h = mix(e, f, g, h, i);
    d = add(d, h);
    h = add(h, blend(a, b, c));
    g = mix(d, e, f, g, i + 16);
    c = add(c, g);
    g = add(g, blend(h, a, b));
    f = mix(c, d, e, f, i + 32);
    b = add(b, f);
    f = add(f, blend(g, h, a));
    e = mix(b, c, d, e, i + 48);
    a = add(a, e);
    e = add(e, blend(f, g, h));
    d = mix(a, b, c, d, i + 64);
    h = add(h, d);
    d = add(d, blend(e, f, g));
    c = mix(h, a, b, c, i + 80);
    g = add(g, c);
    c = add(c, blend(d, e, f));
    b = mix(g, h, a, b, i + 96);
    f = add(f, b);
    b = add(b, blend(c, d, e));
    a = mix(f, g, h, a, i + 112);
    e = add(e, a);
    a = add(a, blend(b, c, d));
  }
  const to = STATE_LANES;
  v128.store(to, add(a, lanes(from)));
  v128.store(to + 16, add(b, lanes(from + 16)));
  v128.store(to + 32, add(c, lanes(from + 32)));
  v128.store(to + 48, add(d, lanes(from + 48)));
  v128.store(to + 64, add(e, lanes(from + 64)));
  v128.store(to + 80, add(f, lanes(from + 80)));
  v128.store(to + 96, add(g, lanes(from + 96)));
  v128.store(to + 112, add(h, lanes(from + 112)));
}
