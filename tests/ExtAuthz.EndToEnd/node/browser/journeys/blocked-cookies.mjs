// A browser that keeps no cookies can not sign in: after few rounds, not a loop, it shows a page that says why and offers a way back.
import assert from 'node:assert/strict';

// Settings, privacy: block all cookies.
export const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };

export default async visit => {
  await visit.open('/account');
  let rounds = 0;
  for (; await visit.page.title() === 'Sign in'; rounds++) {
    assert.ok(rounds < 4, 'a loop');
    await visit.choose('Ada Lovelace');
  }
  assert.ok(rounds > 0, 'no sign-in was tried');
  assert.deepEqual(await visit.context.cookies(), []);
  await visit.page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await visit.page.getByText('check that cookies are allowed').waitFor();
  await visit.inspect('page');
  await visit.page.getByRole('link', { name: 'Sign in again' }).click();
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
};
