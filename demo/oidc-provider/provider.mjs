// A certified OpenID Connect provider on loopback: strict rotation, JWT access tokens for one API, and sign-out. Any name signs in, with any password.
// Arguments: port (0 for any that is free), redirect URI, API and, for back-channel logout, where to post logout tokens and whether they name the session. It writes its issuer, then an answer to each command on standard input; the end of the input ends it.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Provider } from 'oidc-provider';

// What the provider has to say is kept apart from what this program answers.
console.info = console.warn;

const [port, redirectUri, api, logoutUri, namesSession] = process.argv.slice(2);
const newKey = kid => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
const keys = [newKey('key-1')];

// What the provider keeps outlives a change of keys, which needs another instance of it.
const store = new Map();
class Store {
  constructor(kind) { this.kind = kind; }
  key(id) { return `${this.kind}:${id}`; }
  async upsert(id, payload) { store.set(this.key(id), payload); }
  async find(id) { return store.get(this.key(id)); }
  async findByUid(uid) { return [...store].find(([key, payload]) => key.startsWith(`${this.kind}:`) && payload.uid === uid)?.[1]; }
  async consume(id) { store.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }
  async destroy(id) { store.delete(this.key(id)); }
  async revokeByGrantId(grantId) { for (const [key, payload] of store) if (payload.grantId === grantId) store.delete(key); }
}

const configuration = () => ({
  adapter: Store,
  clients: [{
    client_id: 'app',
    client_secret: 'a-public-secret-for-the-demo-only-0123456789',
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: ['/', '/about'].map(path => new URL(path, redirectUri).href),
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
    ...(logoutUri && { backchannel_logout_uri: logoutUri, backchannel_logout_session_required: namesSession === 'true' }),
  }],
  jwks: { keys: [...keys] },
  cookies: { keys: ['a-public-cookie-key-for-the-demo-only'] },
  scopes: ['openid', 'offline_access', 'profile', 'email'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name'] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, given_name: id }) }),
  issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  pkce: { required: () => true },
  ttl: { AccessToken: 300, IdToken: 300 },
  features: {
    devInteractions: { enabled: true },
    backchannelLogout: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'openid profile email offline_access', audience: api, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'RS256' } } }),
    },
  },
  // The provider's own dispatcher keeps it from calling loopback, where all of this runs.
  fetch: (url, { dispatcher, ...options }) => fetch(url, options),
  // A sign-out destroys the grant, so a session has one of its own.
  extraTokenClaims: (_, token) => ({ sid: token.grantId, role: 'admin', permissions: ['pages:read'] }),
});

let tokenCalls = 0;
let tokenDelay = 0;
const server = createServer(async (request, response) => {
  if (request.url === '/token') {
    tokenCalls++;
    await sleep(tokenDelay);
  }
  handler(request, response);
});
await new Promise(listening => server.listen(Number(port), '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
const build = () => new Provider(issuer, configuration()).on('backchannel.error', (_, error) => console.error(error)).callback();
let handler = build();

const realTime = Date.now;
let ahead = 0;
Date.now = () => realTime() + ahead;

const commands = {
  // Signs with a new key; the old ones stay published.
  rotate() {
    keys.unshift(newKey(`key-${keys.length + 1}`));
    handler = build();
    return `signing with ${keys[0].kid}`;
  },
  // Moves the provider's clock on.
  pass(milliseconds) {
    ahead += milliseconds;
    return `${ahead} ms ahead`;
  },
  // Holds every answer with tokens back for so long.
  delay(milliseconds) {
    tokenDelay = milliseconds;
    return `${tokenDelay} ms`;
  },
  // How often tokens were asked for.
  calls: () => tokenCalls,
};
console.log(issuer);
createInterface({ input: process.stdin }).on('line', line => {
  const [command, argument] = line.split(' ');
  console.log(commands[command](Number(argument)));
}).on('close', () => process.exit(0));
