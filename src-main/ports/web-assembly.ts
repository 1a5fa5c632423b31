/** The part of the runtime's WebAssembly that the core uses: its types come with those of a browser only. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** An exported global of 32 bits. */
export interface WasmGlobal {
  readonly value: number;
}

/** Memory that begins at a page and that other threads can look into. */
export interface SharedMemory {
  readonly buffer: SharedArrayBuffer;
}

declare global {
  namespace WebAssembly {
    interface Module {
      readonly brand: unique symbol;
    }
    const Module: new (bytes: Uint8Array) => Module;
    /** Sizes in pages of 64 KiB. */
    const Memory: new (size: {
      readonly initial: number;
      readonly maximum: number;
      readonly shared: true;
    }) => SharedMemory;
    const Instance: new (module: Module) => { readonly exports: unknown };
  }
}
