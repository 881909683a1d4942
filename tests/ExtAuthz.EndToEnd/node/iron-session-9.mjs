// Opens the sessions that were sealed and cut by us, and writes some of its own: one JSON document in, one out.
import { readFileSync } from 'node:fs';
import { getIronSession } from 'iron-session-9';

const { password, cookieName, headers, sizes } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const options = { password, cookieName, chunk: true, ttl: 0 };

async function open(cookie) {
  return { ...(await getIronSession({ headers: { cookie } }, response(), options)) };
}

async function write(size) {
  const out = response();
  const session = await getIronSession({ headers: {} }, out, options);
  session.accessToken = `token-${size}`;
  session.refreshToken = 'refresh';
  session.user = { object: 'user', id: 'user_1', email: 'ada@example.com', metadata: { a: 'x'.repeat(size) } };
  await session.save();
  return out.lines.map(line => line.split(';')[0]).join('; ');
}

function response() {
  return {
    lines: [],
    headersSent: false,
    getHeader() { return this.lines; },
    setHeader(_, lines) { this.lines = lines; },
  };
}

console.log(JSON.stringify({ opened: await Promise.all(headers.map(open)), written: await Promise.all(sizes.map(write)) }));
