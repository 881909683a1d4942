// The public page needs no session; from it a sign-up path shows the provider's sign-up screen first.
import assert from 'node:assert/strict';

export default async visit => {
  const answer = await visit.open('/');
  assert.equal(answer.status(), 200);
  await visit.inspect('public');
  await visit.page.getByRole('link', { name: 'Sign up' }).click();
  await visit.page.getByRole('heading', { name: 'Create your account' }).waitFor();
  await visit.inspect('provider');
  await visit.choose('Ada Lovelace');
  await visit.isSignedIn();
  assert.equal(new URL(visit.page.url()).pathname, '/sign-up-here');
};
