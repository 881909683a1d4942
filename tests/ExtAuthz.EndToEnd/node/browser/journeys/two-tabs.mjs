// Two tabs that sign in at once do not disturb each other: both arrive where they wanted to go.
import assert from 'node:assert/strict';

export default async visit => {
  const tabs = [visit.page, await visit.context.newPage()];
  await Promise.all(tabs.map((tab, i) => visit.open(`/account?tab=${i}`, tab)));
  await Promise.all(tabs.map(tab => visit.choose('Ada Lovelace', tab)));
  await Promise.all(tabs.map(tab => visit.isSignedIn(tab)));
  assert.deepEqual(tabs.map(tab => tab.url()), [0, 1].map(i => `${visit.origin}/account?tab=${i}`));
  assert.deepEqual((await visit.context.cookies(visit.origin)).map(cookie => cookie.name).sort(), ['wos-auth-returns', 'wos-session'], 'a cookie of a sign-in is left');
};
