import { protocol } from 'electron';
import { readPageFile } from '../../../app/desk/page-files.ts';
import { isOwnPage, OWN_SCHEME } from './own-pages.ts';

/** Serves the built pages under the application's own scheme: reading, these files, and nothing else. */
export function servePages(folder: string): void {
  protocol.handle(OWN_SCHEME, (request) => answer(request, folder));
}

async function answer(request: Request, folder: string): Promise<Response> {
  if (!isOwnPage(request.url)) return new Response(null, { status: 403 });
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
  const file = await readPageFile(folder, new URL(request.url).pathname, "'self'");
  if (file === null) return new Response(null, { status: 404 });
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.body), { headers: file.headers });
}
