// Another site's link or form signs nobody out: a page asks first, and the keyboard is enough to answer it.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.signIn('/account');
  await visit.openElsewhere(`<form method="post" action="${visit.origin}/sign-out"><button>A game</button></form><a href="${visit.origin}/sign-out">A present</a>`);
  await visit.page.getByRole('button', { name: 'A game' }).click();
  await visit.page.getByRole('heading', { name: 'Sign out?' }).waitFor();
  assert.ok(await visit.session());
  await visit.page.goBack();
  await visit.page.getByRole('link', { name: 'A present' }).click();
  await visit.page.getByRole('heading', { name: 'Sign out?' }).waitFor();
  await visit.inspect('confirm');
  assert.ok(await visit.session());
  await visit.page.keyboard.press('Tab');
  assert.equal(await visit.page.locator(':focus').innerText(), 'Sign out');
  await visit.page.keyboard.press('Enter');
  await visit.isSignedOut();
  assert.equal(await visit.session(), undefined);
};
