// WorkOS' own emulator and SDK around a running service: node workos-emulator.test.mjs SERVICE PORT CLIENT_ID PASSWORD ORIGIN.
// The service is configured for a provider at PORT and to refresh at every chance; the emulator starts here, and this script is browser and Envoy.
// The emulator takes a refresh token once only, without any grace, and adds a sealed session of its own to its answers.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Server } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { unsealData } from 'iron-session';
import { WorkOS } from '@workos-inc/node';
import { createEmulator } from 'workos/emulate';
import { withAuth } from './authkit-nextjs.mjs';

const [service, port, clientId, cookiePassword, origin] = process.argv.slice(2);

// The emulator would listen on every interface.
const { listen } = Server.prototype;
Server.prototype.listen = function (at, host, ready) {
  return listen.call(this, at, host ?? '127.0.0.1', ready);
};
const emulator = await createEmulator({ port: Number(port), seed: { users: [{ email: 'ada@example.com', first_name: 'Ada' }] } });
const sdk = new WorkOS(emulator.apiKey, { clientId, apiHostname: 'localhost', port: Number(port), https: false });

const deps = join(dirname(createRequire(import.meta.url).resolve('@grpc/grpc-js-xds/package.json')), 'deps');
const protos = loader.loadSync('envoy/service/auth/v3/external_auth.proto', {
  includeDirs: ['envoy-api', 'googleapis', 'xds', 'protoc-gen-validate'].map(name => join(deps, name)), keepCase: true, enums: String, oneofs: true,
});
const client = new (grpc.loadPackageDefinition(protos).envoy.service.auth.v3.Authorization)(service, grpc.credentials.createInsecure());

// A browser's visit: its status, and the headers for the browser and for the upstream.
const visit = (url, cookie) => new Promise((resolve, reject) => {
  const { host, pathname, search } = new URL(url, origin);
  const headers = { accept: 'text/html', ...cookie && { cookie } };
  client.Check({ attributes: { request: { http: { method: 'GET', scheme: 'http', host, path: pathname + search, headers } } } }, (error, answer) => {
    if (error) {
      return reject(error);
    }

    const read = options => (options ?? []).map(({ header }) => [header.key, header.value]);
    const { ok_response: ok, denied_response: denied } = answer;
    const browser = read(ok ? ok.response_headers_to_add : denied.headers);
    resolve({
      allowed: Boolean(ok),
      status: denied?.status.code,
      location: browser.find(([name]) => name === 'location')?.[1],
      cookies: browser.filter(([name]) => name === 'set-cookie').map(([, value]) => value.split(';')[0]),
      retryAfter: Number(browser.find(([name]) => name === 'retry-after')?.[1]),
      upstream: Object.fromEntries(read(ok?.headers)),
      body: denied?.body,
    });
  });
});
const sessionOf = answer => answer.cookies.find(cookie => cookie.startsWith('wos-session='));
const sealOf = cookie => cookie.slice('wos-session='.length);

async function signIn() {
  const start = await visit('/account?tab=2');
  assert.match(start.location, new RegExp(`^http://localhost:${port}/user_management/authorize\\?`));
  const authorized = await fetch(start.location, { redirect: 'manual' });
  const done = await visit(authorized.headers.get('location'), start.cookies.join('; '));
  assert.equal(done.location, `${origin}/account?tab=2`, done.body);
  return sessionOf(done);
}

// With a live token nobody waits long for the provider: the new session may come with a later request.
async function renewed(cookie) {
  for (let patience = 20; ; patience--) {
    const answer = await visit('/account', cookie);
    assert.ok(answer.allowed, answer.body);
    if (sessionOf(answer)) {
      return sessionOf(answer);
    }

    assert.ok(patience > 0, 'no new session');
  }
}

const checks = {
  async 'a start before the provider: the service finds its keys alone, and its waiting page says when to look again'() {
    const cookie = await signIn();
    let answer;
    for (let patience = 30; !(answer = await visit('/account', cookie)).allowed; patience--) {
      assert.ok(answer.retryAfter > 0 && patience > 0, answer.body);
      await setTimeout(answer.retryAfter * 1000);
    }
  },
  async 'a sign-in, whose session holds what AuthKit seals and no more'() {
    const cookie = await signIn();
    const session = await unsealData(sealOf(cookie), { password: cookiePassword, ttl: 0 });
    assert.deepEqual(Object.keys(session), ['accessToken', 'refreshToken', 'user', 'authenticationMethod']);
    assert.equal(session.user.email, 'ada@example.com');
    assert.ok(cookie.length < 4096);
    const { allowed, upstream } = await visit('/account', cookie);
    assert.ok(allowed);
    assert.equal(upstream['x-auth-user-id'], session.user.id);
  },
  async 'refreshes one after another, each token used once'() {
    let cookie = await signIn();
    for (let i = 0; i < 5; i++) {
      const next = await renewed(cookie);
      assert.notEqual(next, cookie);
      cookie = next;
    }
  },
  async 'twenty requests at once with one session: all pass, and agree on the next'() {
    const cookie = await signIn();
    const answers = await Promise.all(Array.from({ length: 20 }, () => visit('/account', cookie)));
    assert.ok(answers.every(answer => answer.allowed));
    const next = await renewed(cookie);
    assert.ok(answers.map(sessionOf).every(session => session === undefined || session === next));
  },
  async 'our session in the SDK of WorkOS'() {
    const cookie = await signIn();
    const { authenticated, user, reason } = await sdk.userManagement.loadSealedSession({ sessionData: sealOf(cookie), cookiePassword }).authenticate();
    assert.ok(authenticated, reason);
    assert.equal(user.email, 'ada@example.com');
  },
  async 'the headers for the upstream in AuthKit for Next.js'() {
    const { upstream } = await visit('/account', await signIn());
    const { user, sessionId, accessToken } = await withAuth(upstream, cookiePassword);
    assert.equal(user.email, 'ada@example.com');
    assert.equal(sessionId, upstream['x-auth-session-id']);
    assert.ok(accessToken);
    const { 'x-workos-session': _, ...signedOut } = upstream;
    assert.deepEqual(await withAuth(signedOut, cookiePassword), { user: null });
  },
  async 'a session of the SDK of WorkOS with us'() {
    const authorize = await fetch(`${emulator.url}/user_management/authorize?client_id=${clientId}&response_type=code&redirect_uri=${encodeURIComponent(`${origin}/callback`)}`, { redirect: 'manual' });
    const code = new URL(authorize.headers.get('location')).searchParams.get('code');
    const { sealedSession, user } = await sdk.userManagement.authenticateWithCode({ clientId, code, session: { sealSession: true, cookiePassword } });
    const answer = await visit('/account', `wos-session=${sealedSession}`);
    assert.ok(answer.allowed, answer.body);
    assert.equal(answer.upstream['x-auth-user-id'], user.id);
    await renewed(`wos-session=${sealedSession}`);
  },
};

let failures = 0;
for (const [name, run] of Object.entries(checks)) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    failures++;
    console.log(`not ok ${name}\n${error.stack}`);
  }
}

client.close();
process.exit(failures && 1); // the emulator keeps connections open
