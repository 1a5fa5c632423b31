/** An error as oracledb throws it. */
export class ServerFault extends Error {
  readonly code: string;
  readonly errorNum: number;

  constructor(code: string, text: string) {
    super(`${code}: ${text}`);
    this.code = code;
    this.errorNum = code.startsWith('ORA-') ? Number(code.slice(4)) : 0;
  }
}
