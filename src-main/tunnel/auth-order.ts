import type { AuthenticationType, AuthHandlerMiddleware } from 'ssh2';
import type { SshLogin } from '../ssh/log-in.ts';

/**
 * What is offered, in order: keys first, then the password by the way that the server takes it, and by one way alone: sent
 * again where it was wrong, it would count as a second attempt.
 */
export function authOrder({ password, privateKey, agent }: SshLogin): AuthHandlerMiddleware {
  const tried = new Set<AuthenticationType>();
  const proofs: readonly (readonly AuthenticationType[])[] = [
    ...(privateKey === undefined ? [] : [['publickey'] as const]),
    ...(agent === undefined ? [] : [['agent'] as const]),
    ...(password === undefined ? [] : [['password', 'keyboard-interactive'] as const]),
  ];
  return (left: readonly string[] | null) => {
    // The first answer says which methods there are.
    if (left === null) return 'none';
    for (const ways of proofs) {
      if (ways.some((way) => tried.has(way))) continue;
      const way = ways.find((each) => left.includes(each === 'agent' ? 'publickey' : each));
      if (way === undefined) continue;
      tried.add(way);
      return way;
    }
    return false as never;
  };
}
