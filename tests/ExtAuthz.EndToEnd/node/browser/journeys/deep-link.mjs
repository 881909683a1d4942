// A link into the protected site leads through sign-in to where it points, path and query.
import assert from 'node:assert/strict';

export default async visit => {
  const link = '/account/reports?tab=2&q=a%20b&q=%C3%BC';
  await visit.open(link);
  await visit.inspect('provider');
  await visit.choose('Ada Lovelace');
  await visit.isSignedIn();
  assert.equal(visit.page.url(), visit.origin + link);
  await visit.inspect('signed-in');
};
