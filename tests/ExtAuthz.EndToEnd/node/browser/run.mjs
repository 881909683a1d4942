// Runs one journey in Debian's Chromium against a running demo: node browser/run.mjs JOURNEY ORIGIN PROVIDER SCREENSHOTS.
// A journey is a file of the folder journeys; what its pages say on the console as errors fails it.
import assert from 'node:assert/strict';
import { Visit } from './visit.mjs';

const [journey, origin, provider, screenshots] = process.argv.slice(2);
const { default: run, preferences } = await import(`./journeys/${journey}.mjs`);
const visit = await Visit.begin({ journey, origin: new URL(origin).origin, provider, screenshots, preferences });
try {
  await run(visit);
  assert.deepEqual(visit.consoleErrors, []);
  console.log(`${journey} holds.`);
} catch (error) {
  await visit.photograph('failure').catch(() => console.error('No photograph of the failure: the page is gone.'));
  throw error;
} finally {
  await visit.end();
}
