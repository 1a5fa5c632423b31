/**
 * A check of JSON text in pieces (RFC 8259), byte by byte. What copies while it checks makes blanks of line breaks between
 * tokens, so that a value stays on its line.
 */
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY = 2;
const KEY_OR_END = 3;
const COLON = 4;
const AFTER_VALUE = 5;
const STRING = 6;
const STRING_ESCAPE = 7;
const STRING_HEX = 8;
const NUMBER = 9;
const LITERAL = 10;

const OBJECT = 0;
const ARRAY = 1;
const BLANK = 0x20;

const LITERALS: Readonly<Record<number, string>> = { 0x74: 'true', 0x66: 'false', 0x6e: 'null' };

/** Number states by byte: sign, zero, integer, point, fraction, e, exponent sign, exponent. */
const NUMBER_STEPS: readonly (readonly [test: RegExp, next: number])[][] = [
  /* 0 sign */ [
    [/0/, 1],
    [/[1-9]/, 2],
  ],
  /* 1 zero */ [
    [/\./, 3],
    [/[eE]/, 5],
  ],
  /* 2 integer */ [
    [/\d/, 2],
    [/\./, 3],
    [/[eE]/, 5],
  ],
  /* 3 point */ [[/\d/, 4]],
  /* 4 fraction */ [
    [/\d/, 4],
    [/[eE]/, 5],
  ],
  /* 5 e */ [
    [/[+-]/, 6],
    [/\d/, 7],
  ],
  /* 6 exponent sign */ [[/\d/, 7]],
  /* 7 exponent */ [[/\d/, 7]],
];
const NO_STEP = 255;
const NUMBER_TABLE: readonly Uint8Array[] = NUMBER_STEPS.map((steps) =>
  Uint8Array.from({ length: 256 }, (_, byte) => {
    const char = String.fromCharCode(byte);
    return steps.find(([test]) => test.test(char))?.[1] ?? NO_STEP;
  }),
);
const NUMBER_MAY_END = [false, true, true, false, true, false, false, true];

export class JsonCheck {
  #state = VALUE;
  readonly #stack: number[] = [];
  #isKey = false;
  #number = 0;
  #literal = '';
  #count = 0;

  begin(): void {
    this.#state = VALUE;
    this.#stack.length = 0;
  }

  /** Whether the value may end here. */
  isWhole(): boolean {
    if (this.#stack.length > 0) return false;
    return this.#state === AFTER_VALUE || (this.#state === NUMBER && NUMBER_MAY_END[this.#number] === true);
  }

  /** Whether the value may begin, or go on, with this piece. */
  accepts(bytes: Uint8Array): boolean {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (this.#state === STRING ? !this.#within(byte) : !this.#step(byte)) return false;
    }
    return true;
  }

  /** Copies a piece to `to` at `at`; the position after it, or -1: this is not JSON. */
  copy(bytes: Uint8Array, to: Uint8Array, at: number): number {
    let out = at;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (this.#state === STRING) {
        if (!this.#within(byte)) return -1;
        to[out++] = byte;
      } else {
        if (!this.#step(byte)) return -1;
        to[out++] = byte === 10 || byte === 13 ? BLANK : byte;
      }
    }
    return out;
  }

  /** A byte of a string. */
  #within(byte: number): boolean {
    if (byte === 0x5c) this.#state = STRING_ESCAPE;
    else if (byte === 0x22) this.#state = this.#isKey ? COLON : AFTER_VALUE;
    return byte >= BLANK;
  }

  #step(byte: number): boolean {
    switch (this.#state) {
      case STRING_ESCAPE:
        return this.#escape(byte);
      case STRING_HEX:
        if (!isHexDigit(byte)) return false;
        if (--this.#count === 0) this.#state = STRING;
        return true;
      case NUMBER:
        return this.#numberStep(byte);
      case LITERAL:
        if (this.#literal.charCodeAt(this.#count++) !== byte) return false;
        if (this.#count === this.#literal.length) this.#state = AFTER_VALUE;
        return true;
      default:
        return byte === BLANK || byte === 9 || byte === 10 || byte === 13 || this.#token(byte);
    }
  }

  #escape(byte: number): boolean {
    if (byte === 0x75) {
      this.#state = STRING_HEX;
      this.#count = 4;
      return true;
    }
    this.#state = STRING;
    return '"\\/bfnrt'.includes(String.fromCharCode(byte));
  }

  #numberStep(byte: number): boolean {
    const next = NUMBER_TABLE[this.#number]?.[byte] ?? NO_STEP;
    if (next !== NO_STEP) {
      this.#number = next;
      return true;
    }
    if (NUMBER_MAY_END[this.#number] !== true) return false;
    this.#state = AFTER_VALUE;
    return this.#step(byte);
  }

  /** The first byte of a token. */
  #token(byte: number): boolean {
    switch (this.#state) {
      case COLON:
        this.#state = VALUE;
        return byte === 0x3a;
      case KEY:
        return byte === 0x22 && this.#openString(true);
      case KEY_OR_END:
        return byte === 0x7d ? this.#close(OBJECT) : byte === 0x22 && this.#openString(true);
      case AFTER_VALUE:
        return this.#afterValue(byte);
      case VALUE_OR_END:
        return byte === 0x5d ? this.#close(ARRAY) : this.#value(byte);
      default:
        return this.#value(byte);
    }
  }

  #afterValue(byte: number): boolean {
    const within = this.#stack.at(-1);
    if (byte === 0x7d) return this.#close(OBJECT);
    if (byte === 0x5d) return this.#close(ARRAY);
    this.#state = within === OBJECT ? KEY : VALUE;
    return byte === 0x2c && within !== undefined;
  }

  #value(byte: number): boolean {
    if (byte === 0x22) return this.#openString(false);
    if (byte === 0x7b || byte === 0x5b) {
      this.#stack.push(byte === 0x7b ? OBJECT : ARRAY);
      this.#state = byte === 0x7b ? KEY_OR_END : VALUE_OR_END;
      return true;
    }
    const literal = LITERALS[byte];
    if (literal !== undefined) {
      this.#literal = literal;
      this.#count = 1;
      this.#state = LITERAL;
      return true;
    }
    this.#state = NUMBER;
    this.#number = byte === 0x2d ? 0 : byte === 0x30 ? 1 : 2;
    return byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
  }

  #openString(isKey: boolean): boolean {
    this.#isKey = isKey;
    this.#state = STRING;
    return true;
  }

  #close(kind: number): boolean {
    this.#state = AFTER_VALUE;
    return this.#stack.pop() === kind;
  }
}

function isHexDigit(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66);
}
