// AuthKit for Next.js without Next.js: the packages it imports are replaced by the little that withAuth asks of them, the headers of the request.
import { AsyncLocalStorage } from 'node:async_hooks';
import { register } from 'node:module';

const request = globalThis.requestHeaders = new AsyncLocalStorage();

const next = `
  const absent = () => { throw new Error('not here: Next.js'); };
  export const headers = async () => globalThis.requestHeaders.getStore();
  export const cookies = absent, redirect = absent, revalidatePath = absent, revalidateTag = absent;
  export const getURLFromRedirectError = absent;
  export class NextResponse {}`;
register(`data:text/javascript,${encodeURIComponent(`
  const next = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(next)}`)};
  export const resolve = (name, context, otherwise) =>
    name.startsWith('next/') || name === 'server-only' ? { url: next, shortCircuit: true } : otherwise(name, context);`)}`);

// What withAuth tells an application behind Envoy whose request has these headers.
export async function withAuth(headers, cookiePassword) {
  process.env.WORKOS_COOKIE_PASSWORD = cookiePassword; // read once, when AuthKit is loaded
  const authkit = await import('@workos-inc/authkit-nextjs');
  return request.run(new Headers(headers), authkit.withAuth);
}
