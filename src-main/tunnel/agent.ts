/** Where OpenSSH's agent listens on Windows, which sets no variable. */
const WINDOWS_PIPE = String.raw`\\.\pipe\openssh-ssh-agent`;

/** Where the person's SSH agent listens; null: nothing says so. */
export function agentOf(env: Readonly<Record<string, string | undefined>>, platform: string): string | null {
  const named = env['SSH_AUTH_SOCK'] ?? '';
  if (named !== '') return named;
  return platform === 'win32' ? WINDOWS_PIPE : null;
}
