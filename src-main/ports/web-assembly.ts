/** The part of the runtime's WebAssembly that the core uses: its types come with those of a browser only. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** An exported global of 32 bits. */
export interface WasmGlobal {
  readonly value: number;
}

declare global {
  namespace WebAssembly {
    interface Module {
      readonly brand: unique symbol;
    }
    const Module: new (bytes: Uint8Array) => Module;
    const Instance: new (module: Module) => { readonly exports: unknown };
  }
}
