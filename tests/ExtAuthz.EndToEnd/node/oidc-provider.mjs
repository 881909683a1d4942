// A certified OpenID Connect provider on loopback: strict rotation, JWT access tokens for one API, and sign-out.
// Arguments: redirect URI, API. A line "rotate" on standard input changes the signing key; the end of the input ends the program.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { generateKeyPairSync } from 'node:crypto';
import { Provider } from 'oidc-provider';

// What the provider has to say is kept apart from what this program answers.
console.info = console.warn;

const [redirectUri, api] = process.argv.slice(2);
const newKey = kid => ({ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
let generation = 1;
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
    client_secret: 'a-secret-for-this-test-only-0123456789',
    redirect_uris: [redirectUri],
    post_logout_redirect_uris: [new URL('/about', redirectUri).href],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'client_secret_basic',
  }],
  jwks: { keys: [...keys] },
  cookies: { keys: ['a-cookie-key-for-this-test-only'] },
  scopes: ['openid', 'offline_access', 'profile', 'email'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
  conformIdTokenClaims: false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, given_name: 'Ada', family_name: 'Lovelace' }) }),
  issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  pkce: { required: () => true },
  ttl: { AccessToken: 300, IdToken: 300 },
  features: {
    devInteractions: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => api,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({ scope: 'openid profile email offline_access', audience: api, accessTokenFormat: 'jwt', accessTokenTTL: 300, jwt: { sign: { alg: 'RS256' } } }),
    },
  },
  extraTokenClaims: (_, token) => ({ sid: `session_of_${token.accountId}`, role: 'admin', permissions: ['pages:read'] }),
});

const server = createServer((request, response) => handler(request, response));
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const issuer = `http://127.0.0.1:${server.address().port}`;
const build = () => new Provider(issuer, configuration()).callback();
let handler = build();
console.log(issuer);
createInterface({ input: process.stdin }).on('line', () => {
  keys.unshift(newKey(`key-${++generation}`));
  handler = build();
  console.log(`signing with key-${generation}`);
}).on('close', () => process.exit(0));
