import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * What the tests need from the system: a program looked for in PATH and the sbin folders, or a file whose one `*`
 * stands for a whole folder name; and the Debian package that brings it.
 */
export const SYSTEM_NEEDS = [
  { file: '/usr/lib/postgresql/*/bin/postgres', package: 'postgresql' },
  { program: 'psql', package: 'postgresql-client' },
  { program: 'mariadbd', package: 'mariadb-server' },
  { program: 'mariadb', package: 'mariadb-client' },
  { program: 'sshd', package: 'openssh-server' },
  { program: 'sftp', package: 'openssh-client' },
  { file: '/usr/lib/*/libnss_wrapper.so', package: 'libnss-wrapper' },
  { file: '/usr/lib/*/libpam_wrapper.so', package: 'libpam-wrapper' },
  { program: 'gnome-keyring-daemon', package: 'gnome-keyring' },
  { file: '/usr/lib/*/libsecret-1.so.0', package: 'libsecret-1-0' },
  { program: 'dbus-run-session', package: 'dbus' },
  { program: 'dbus-test-tool', package: 'dbus-tests' },
  { program: 'gpg', package: 'gnupg' },
  { program: 'openssl', package: 'openssl' },
  { program: 'strace', package: 'strace' },
  { program: 'sqlite3', package: 'sqlite3' },
  { program: 'zstd', package: 'zstd' },
  { program: 'python3', package: 'python3' },
  { file: '/usr/lib/python3/dist-packages/cryptography/__init__.py', package: 'python3-cryptography' },
  { program: 'ip', package: 'iproute2' },
  { program: 'ps', package: 'procps' },
  { program: 'chromium', package: 'chromium' },
  { file: '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf', package: 'fonts-dejavu-core' },
];

/** The Debian packages that are missing, each once. */
export function missingPackages(needs = SYSTEM_NEEDS, path = process.env.PATH ?? '') {
  const folders = [...path.split(delimiter).filter(Boolean), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  const isThere = (need) =>
    need.program === undefined
      ? isFileThere(need.file)
      : folders.some((folder) => existsSync(join(folder, need.program)));
  return [...new Set(needs.filter((need) => !isThere(need)).map((need) => need.package))];
}

function isFileThere(pattern) {
  const [before, after] = pattern.split('*');
  if (after === undefined) return existsSync(pattern);
  return existsSync(before) && readdirSync(before).some((name) => existsSync(before + name + after));
}
