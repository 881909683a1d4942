// Back after a sign-in shows what was there before, and the user is still signed in.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.open('/');
  await visit.page.getByRole('link', { name: 'Protected page' }).click();
  await visit.choose('Ada Lovelace');
  await visit.isSignedIn();
  await visit.page.goBack();
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor(); // the provider's page
  await visit.page.goBack();
  assert.equal(visit.page.url(), `${visit.origin}/`);
  await visit.page.goForward();
  await visit.page.goForward();
  assert.equal(visit.page.url(), `${visit.origin}/account`);
  await visit.isSignedIn();
  await visit.page.reload();
  await visit.isSignedIn();
  await visit.open('/');
  await visit.isSignedIn();
};
