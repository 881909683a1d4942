// Who cancels at the provider reads a calm page with a reason, and can sign in from there.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.open('/account');
  await visit.choose('Cancel');
  await visit.page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
  await visit.page.getByText('Reason: access_denied').waitFor();
  await visit.inspect('refused');
  assert.equal(await visit.session(), undefined);
  await visit.page.getByRole('link', { name: 'Sign in again' }).click();
  await visit.choose('Ada Lovelace');
  await visit.isSignedIn();
};
