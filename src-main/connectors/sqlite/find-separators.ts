import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WasmMemory } from '../../ports/web-assembly.ts';

/** What the module exports: assembly/index.ts says what it does. */
interface FinderExports {
  readonly memory: WasmMemory;
  find(from: number, length: number, byte: number, out: number, most: number): number;
}

const INPUT = 4096;
const SLACK_BYTES = 64;
const PLACE_BYTES = 4;
const PAGE_BYTES = 65_536;

/** Finds a byte in texts, with a WebAssembly module of its own: a loop here takes as long as the library took for the text. */
export class SeparatorFinder {
  readonly #byte: number;
  readonly #exports: FinderExports;
  #memory: Uint8Array;

  constructor(byte: number) {
    this.#byte = byte;
    const code = readFileSync(fileURLToPath(new URL('./separator-finder.wasm', import.meta.url)));
    // The build makes the module from assembly/index.ts, whose exports these are.
    this.#exports = new WebAssembly.Instance(new WebAssembly.Module(code)).exports as FinderExports;
    this.#memory = new Uint8Array(this.#exports.memory.buffer);
  }

  /** Where the byte is, ascending, if it is there just so many times; else null. To be used before the next call. */
  find(text: Uint8Array, times: number): Uint32Array | null {
    const out = INPUT + Math.ceil((text.length + SLACK_BYTES) / PLACE_BYTES) * PLACE_BYTES;
    this.#ensure(out + (times + 1) * PLACE_BYTES);
    this.#memory.set(text, INPUT);
    const found = this.#exports.find(INPUT, text.length, this.#byte, out, times + 1);
    return found === times ? new Uint32Array(this.#memory.buffer, out, times) : null;
  }

  #ensure(bytes: number): void {
    if (bytes <= this.#memory.length) return;
    this.#exports.memory.grow(Math.ceil((bytes - this.#memory.length) / PAGE_BYTES));
    this.#memory = new Uint8Array(this.#exports.memory.buffer);
  }
}
