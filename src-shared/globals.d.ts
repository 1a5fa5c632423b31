// What every host has (Node, browser, Electron) although neither ECMAScript nor our `lib` names it. Nothing else is
// visible to src-shared: no node:, no DOM.
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
declare function atob(text: string): string;
declare function btoa(binary: string): string;
