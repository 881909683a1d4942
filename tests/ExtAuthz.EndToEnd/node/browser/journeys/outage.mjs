// While the provider is away an ended token shows a page that waits and reloads itself; afterwards it goes on, still signed in.
import assert from 'node:assert/strict';

export default async visit => {
  await visit.signInWithShortToken('/account');
  await visit.faults({ authenticate: { answer: { kind: 'status', code: 503 } } });
  const answer = await visit.open('/account?keep=this');
  assert.equal(answer.status(), 503);
  assert.ok(Number(answer.headers()['retry-after']) > 0);
  await visit.page.getByRole('heading', { name: 'One moment, please' }).waitFor();
  await visit.photograph('waiting');
  await visit.faults({ clear: true });
  await visit.isSignedIn(); // nobody touches the page
  assert.equal(visit.page.url(), `${visit.origin}/account?keep=this`);
};
