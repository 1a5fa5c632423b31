import { appError, type AppError } from '../../../src-shared/errors/app-error.ts';

/** What is thrown when the peer does not keep to the protocol. */
export function malformed(): AppError {
  return appError('SOURCE/PROTOCOL', {
    message: 'The server sent packets in a form that its protocol does not have.',
    remedy: 'Check what stands between this machine and the server, such as a proxy, and run again.',
  });
}
