// The cookie's own library against ours: node iron-session.test.mjs PASSWORD OURS THEIRS.
// OURS holds [seal, content] pairs to open; as many random sessions sealed here go into the file THEIRS, in the same form.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { sealData, unsealData } from 'iron-session';

const [password, oursFile, theirsFile] = process.argv.slice(2);
const ours = JSON.parse(readFileSync(oursFile, 'utf8'));
assert.ok(ours.length > 0, 'nothing to open');
for (const [seal, content] of ours) {
  assert.equal(JSON.stringify(await unsealData(seal, { password, ttl: 0 })), content);
}

// Any UTF-16 code unit but NUL, lone surrogates included, and those that JSON escapes more often than chance would.
const awkward = ['"', '\\', '/', '\n', '\u2028', '\ud800', '😀', '=', '+', '~', '*'];
const text = longest => Array.from({ length: randomInt(1, longest) }, () => randomInt(4) ? String.fromCharCode(randomInt(1, 0x10000)) : awkward[randomInt(awkward.length)]).join('');
const maybe = make => randomInt(2) ? make() : undefined;
const session = () => ({
  accessToken: text(1000),
  refreshToken: text(50),
  user: { object: 'user', id: text(30), email: text(50), emailVerified: true, firstName: null, metadata: { [`k${text(20)}`]: text(50) } },
  impersonator: maybe(() => ({ email: text(50), reason: maybe(() => text(50)) ?? null })),
  authenticationMethod: maybe(() => text(20)),
});

const theirs = [];
for (const _ of ours) {
  const content = session();
  theirs.push([await sealData(content, { password, ttl: 0 }), JSON.stringify(content)]);
}

writeFileSync(theirsFile, JSON.stringify(theirs));
