// An address that no upstream should see gets a page of ours, which leads to the start page.
import assert from 'node:assert/strict';

export default async visit => {
  const answer = await visit.open('/account/%zz');
  assert.equal(answer.status(), 400);
  await visit.inspect('page');
  await visit.page.getByRole('link', { name: 'To the start page' }).click();
  await visit.page.getByRole('heading', { name: 'Nobody is signed in' }).waitFor();
};
