/** The driver, loaded when a connection is opened: it is large, and most commands need none. */
import type * as Tedious from 'tedious';
import { bug } from '../../../src-shared/errors/app-error.ts';
import type { DriverParts } from './wire-parser.ts';

export interface Driver extends DriverParts {
  readonly Request: typeof Tedious.Request;
  readonly nvarchar: typeof Tedious.TYPES.NVarChar;
}

export async function loadDriver(): Promise<Driver> {
  const [tedious, parser, helpers] = await Promise.all([
    import('tedious'),
    import('tedious/lib/token/stream-parser.js'),
    import('tedious/lib/token/helpers.js'),
  ]);
  // As Node gives it, the default of a CommonJS module is what it exports.
  const { NotEnoughDataError } = helpers.default;
  const WireParser = parser.default as unknown as DriverParts['WireParser'] & { readonly prototype: object };
  if (typeof NotEnoughDataError !== 'function' || !('readToken' in WireParser.prototype)) {
    throw bug('the driver has changed inside');
  }
  return {
    Request: tedious.default.Request,
    nvarchar: tedious.default.TYPES.NVarChar,
    WireParser,
    needMore: (position) => new NotEnoughDataError(position),
  };
}
