// The session is out of reach of scripts and of other sites.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.signIn();
  const { httpOnly, sameSite, path, domain, expires } = await visit.session();
  assert.deepEqual({ httpOnly, sameSite, path, domain }, { httpOnly: true, sameSite: 'Lax', path: '/', domain: 'localhost' });
  assert.ok(expires > Date.now() / 1000, 'it ends with the browser');
  assert.equal(await visit.page.evaluate(() => document.cookie), '');
};
