// A token that ends while its user reads is renewed with the next page, once for all tabs, and nobody notices.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.signInWithShortToken('/account');
  const before = { session: await visit.session(), calls: await visit.authenticateCalls() };
  const tabs = [visit.page, await visit.context.newPage(), await visit.context.newPage()];
  const answers = await Promise.all(tabs.map((tab, i) => visit.open(`/account?tab=${i}`, tab)));
  for (const answer of answers) {
    assert.equal(answer.status(), 200);
    assert.equal(answer.request().redirectedFrom(), null, 'a redirect');
  }
  await Promise.all(tabs.map(tab => visit.isSignedIn(tab)));
  assert.equal(await visit.authenticateCalls(), before.calls + 1);
  assert.notEqual((await visit.session()).value, before.session.value);
  await visit.open('/account');
  await visit.isSignedIn();
  assert.equal(await visit.authenticateCalls(), before.calls + 1);
};
