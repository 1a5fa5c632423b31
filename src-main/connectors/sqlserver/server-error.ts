/** What the server itself says about a failed statement or login. */
export class ServerError extends Error {
  readonly number: number;
  readonly text: string;
  readonly line: number;

  constructor(number: number, text: string, line: number) {
    super(`server error ${number}`);
    this.number = number;
    this.text = text;
    this.line = line;
  }
}
