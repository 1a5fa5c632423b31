import { AppError, toAppError, type ErrorContext } from './app-error.ts';
import { ERROR_CATALOG, type ErrorCode, type ErrorKind } from './catalog.ts';

/** The form in which an error leaves the process (`--json`, RPC, run report): no stack, no cause. */
export interface WireError {
  code: ErrorCode;
  kind: ErrorKind;
  message: string;
  remedy?: string;
  context: ErrorContext;
}

export function toWireError(error: unknown): WireError {
  const known = toAppError(error);
  return {
    code: known.code,
    kind: known.kind,
    message: known.message,
    ...(known.remedy === undefined ? {} : { remedy: known.remedy }),
    context: known.context,
  };
}

/** The inverse of {@link toWireError}; an unknown code becomes APP/INVARIANT. */
export function fromWireError(wire: WireError): AppError {
  const code: ErrorCode = wire.code in ERROR_CATALOG ? wire.code : 'APP/INVARIANT';
  return new AppError(code, {
    message: wire.message,
    ...(wire.remedy === undefined ? {} : { remedy: wire.remedy }),
    context: wire.context,
  });
}
