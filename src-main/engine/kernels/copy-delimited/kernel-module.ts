import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WasmGlobal, WasmMemory } from '../../../ports/web-assembly.ts';

/** What the module exports: assembly/index.ts says what each does. Addresses and sizes are bytes of its memory. */
export interface KernelExports {
  readonly memory: WasmMemory;
  readonly used: WasmGlobal;
  readonly rows: WasmGlobal;
  readonly malformed: WasmGlobal;
  setSeparators(delimiter: number, lineEnding: number, utcSuffix: number, bytesPrefix: number): void;
  setQuoting(quote: number, escape: number, nullSize: number, timestampSeparator: number): void;
  setColumns(count: number, growth: number, cellRoom: number): void;
  setScratch(plain: number, covered: number): void;
  setRowHead(size: number): void;
  keyQueue(queue: number, key: number): void;
  transform(from: number, end: number, outStart: number, outEnd: number): number;
  transformBinary(from: number, end: number, outStart: number, outEnd: number): number;
  transformCounted(from: number, end: number, outStart: number, outEnd: number): number;
}

let compiled: WebAssembly.Module | undefined;

/** A fresh instance; the module is compiled once a process. Beside this file when it runs from source, beside the bundle in a build. */
export function instantiateKernel(): KernelExports {
  compiled ??= new WebAssembly.Module(readFileSync(fileURLToPath(new URL('./copy-delimited.wasm', import.meta.url))));
  // The build makes the module from assembly/index.ts, whose exports these are.
  return new WebAssembly.Instance(compiled).exports as KernelExports;
}
