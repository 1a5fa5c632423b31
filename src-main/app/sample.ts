/** Name of the connection to the embedded sample database. */
export const SAMPLE_CONNECTION = 'sample';
