// A script in a page of the site reads who is signed in, and never a token.
import assert from 'node:assert/strict';

const app = '<!doctype html><html lang="en"><title>App</title><script>fetch("/.auth/session").then(async answer => document.body.append(`${answer.status} ${await answer.text()}`))</script>';

export default async visit => {
  await visit.page.route(`${visit.origin}/app`, route => route.fulfill({ contentType: 'text/html', body: app }));
  const read = async () => {
    await visit.open('/app');
    const [, status, body] = /^(\d+) (.*)$/.exec(await visit.page.getByText(/^\d+ \{/).innerText());
    return { status, body, told: JSON.parse(body) };
  };

  const stranger = await read();
  assert.equal(stranger.status, '401');
  await visit.page.goto(stranger.told.login_url);
  await visit.choose('Ada Lovelace');
  await visit.isSignedIn();

  const user = await read();
  assert.equal(user.status, '200');
  assert.equal(user.told.user.email, 'ada@example.com');
  assert.equal(user.told.organization_id, 'org_01ANALYTICALENGINES');
  assert.equal(user.told.role, 'admin');
  assert.ok(user.told.permissions.includes('engines:write'));
  assert.ok(new Date(user.told.expires_at) > new Date());
  assert.doesNotMatch(user.body, /eyJ|Fe26|refresh_/);
  await visit.photograph('signed-in');

  await visit.open('/sign-out');
  await visit.isSignedOut();
  assert.equal((await read()).status, '401');
};
