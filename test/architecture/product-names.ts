import type { Breach, SourceFile } from './source-file.ts';

const PRODUCT = /postgres(?:ql)?|mysql|mariadb|sqlite|sql ?server|mssql|oracle|tedious/gi;

/** Where a product may be named, and why. */
const ALLOWANCES: readonly { readonly path: RegExp; readonly name?: RegExp; readonly why: string }[] = [
  { path: /^src-main\/connectors\/(?!kit\/)/, why: 'each connector lives there, and the registry lists them' },
  { path: /^src-main\/compose\.ts$/, why: 'the one file that knows every concrete part' },
  {
    path: /^src-main\/(store|ledger|vault|engine|ports)\//,
    name: /^sqlite$/i,
    why: 'the runtime’s own store holds locks and leases',
  },
];

/** Database products named outside their connector's folder. */
export function findProductNames(files: readonly SourceFile[]): readonly Breach[] {
  return files.flatMap((file) =>
    file.text.split('\n').flatMap((line, index) => {
      const names = line.match(PRODUCT) ?? [];
      return names
        .filter((name) => !isAllowed(file.path, name))
        .map((name) => ({ path: file.path, why: `names ${name} in line ${index + 1}` }));
    }),
  );
}

function isAllowed(path: string, name: string): boolean {
  return ALLOWANCES.some((each) => each.path.test(path) && (each.name?.test(name) ?? true));
}
