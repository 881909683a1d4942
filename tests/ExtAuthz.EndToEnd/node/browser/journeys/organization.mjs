// A user changes to another organisation and back; one that is refused is told on a page that leads back, and nothing has changed.
import assert from 'node:assert/strict';

const [engines, compilers] = ['org_01ANALYTICALENGINES', 'org_01COMPILERWORKS'];
const switchTo = organization => `/switch-organization?organization_id=${organization}&return_to=/account?tab=2`;

export default async visit => {
  const isIn = organization => visit.page.getByRole('row', { name: `org-id ${organization}`, exact: true }).waitFor();
  await visit.signIn('/account');
  await isIn(engines);
  await visit.open(switchTo(compilers));
  await isIn(compilers);
  assert.equal(visit.page.url(), `${visit.origin}/account?tab=2`);
  await visit.inspect('changed');

  const refused = await visit.open(switchTo('org_01NOTYOURS'));
  assert.equal(refused.status(), 403);
  await visit.page.getByRole('heading', { name: 'You can not change to this organization' }).waitFor();
  await visit.inspect('refused');
  await visit.page.getByRole('link', { name: 'Go back' }).click();
  await isIn(compilers);

  await visit.openElsewhere(`<a href="${visit.origin}${switchTo(engines)}">A present</a>`);
  await visit.page.getByRole('link', { name: 'A present' }).click();
  await visit.page.getByRole('heading', { name: 'Change to another organization?' }).waitFor();
  await visit.inspect('confirm');
  await visit.page.getByRole('button', { name: 'Change' }).click();
  await isIn(engines);

  await visit.open(switchTo('org_01SSOBANK')); // wants its own sign-in
  await visit.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await visit.open('/account');
  await isIn(engines);
};
