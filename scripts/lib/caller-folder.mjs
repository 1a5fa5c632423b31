/** `npm run` goes to the project's folder first; paths in the arguments are relative to where the person stands. */
export function callerFolder(env = process.env) {
  const isUnderNpm = ['waybill', 'start'].includes(env.npm_lifecycle_event ?? '');
  return (isUnderNpm ? env.INIT_CWD : undefined) ?? process.cwd();
}
