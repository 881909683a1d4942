// Signing out ends at a page for everybody; neither the back button nor a cookie that somebody kept brings the session back.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.signIn('/account');
  const kept = await visit.session();
  await visit.page.getByRole('link', { name: 'Sign out' }).click();
  await visit.isSignedOut();
  assert.equal(visit.page.url(), `${visit.origin}/`);
  assert.equal(await visit.session(), undefined);
  await visit.inspect('signed-out');
  await visit.page.goBack();
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor(); // the provider's page
  await visit.open('/account');
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visit.context.addCookies([kept]);
  await visit.open('/account');
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.equal(await visit.session(), undefined);
  await visit.choose('Grace Hopper');
  await visit.page.getByRole('heading', { name: 'You are grace@example.com' }).waitFor();
};
