/**
 * File names of tables (interface: "Stem"): what any file system takes, unique also where case does not count.
 */
const MAX_BYTES = 120;
// Device names that Windows reserves whatever suffix follows (learn.microsoft.com, "Naming Files, Paths, and Namespaces").
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** One stem per name, in order: `public.customers` → `public.customers`. */
export function fileStems(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const base = plainStem(name);
    for (let count = isReserved(base) ? 2 : 1; ; count++) {
      const stem = numbered(base, count);
      const folded = caseFold(stem);
      if (taken.has(folded)) continue;
      taken.add(folded);
      return stem;
    }
  });
}

function plainStem(name: string): string {
  const safe = name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return withoutOuterDots(cutAt(withoutOuterDots(safe), MAX_BYTES)) || '-';
}

/** `~2` goes to the end; after a reserved first part it goes there, since `aux.orders~2` is still the device. */
function numbered(base: string, count: number): string {
  if (count === 1) return base;
  const suffix = `~${count}`;
  const cut = withoutOuterDots(cutAt(base, MAX_BYTES - suffix.length));
  if (!isReserved(base)) return cut + suffix;
  const dot = cut.indexOf('.');
  return dot < 0 ? cut + suffix : cut.slice(0, dot) + suffix + cut.slice(dot);
}

function isReserved(stem: string): boolean {
  return RESERVED.test(stem.split('.', 1)[0] ?? '');
}

function withoutOuterDots(text: string): string {
  return text.replace(/^\.+/, '').replace(/\.+$/, '');
}

function cutAt(text: string, maxBytes: number): string {
  let out = '';
  let bytes = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > maxBytes) break;
    out += character;
  }
  return out;
}

function byteLength(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

// Both ways, so that final sigma and sharp s meet their capitals.
function caseFold(text: string): string {
  return text.toUpperCase().toLowerCase();
}
