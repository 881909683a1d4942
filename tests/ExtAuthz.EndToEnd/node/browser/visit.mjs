// A browser of its own, with no past, and the words that journeys are told in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// As root and without a network but loopback; everything that would call home is off.
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// A page that answers 4xx or 5xx is logged as a resource that failed; journeys look at those themselves.
const isStatus = text => text.startsWith('Failed to load resource: the server responded with a status of');

export class Visit {
  consoleErrors = [];

  // preferences: Chromium's own settings of the profile, as its settings pages would write them.
  static async begin({ preferences = {}, ...facts }) {
    const profile = await mkdtemp(join(tmpdir(), 'extauthz-browser-'));
    await mkdir(join(profile, 'Default'));
    await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(profile, { executablePath: '/usr/bin/chromium', args: flags, viewport: { width: 800, height: 700 } });
    context.setDefaultTimeout(15_000);
    return new Visit({ ...facts, profile, context, page: context.pages()[0] });
  }

  constructor(facts) {
    Object.assign(this, facts);
    this.context.on('console', message => message.type() === 'error' && !isStatus(message.text()) && this.consoleErrors.push(message.text()));
    this.context.on('weberror', error => this.consoleErrors.push(error.error().message));
  }

  async end() {
    await this.context.close();
    await rm(this.profile, { recursive: true, maxRetries: 5 }); // Chromium may still be writing
  }

  open(path, page = this.page) {
    return page.goto(this.origin + path);
  }

  // Presses a button of the provider's sign-in page and waits for the page that the redirects end at.
  async choose(name, page = this.page) {
    await page.getByRole('button', { name }).click();
    await page.waitForLoadState();
  }

  async signIn(path = '/account', page = this.page) {
    await this.open(path, page);
    await this.choose('Ada Lovelace', page);
    await this.isSignedIn(page);
  }

  async isSignedIn(page = this.page) {
    await page.getByRole('heading', { level: 1, name: 'You are ada@example.com' }).waitFor();
  }

  async isSignedOut(page = this.page) {
    await page.getByRole('heading', { level: 1, name: 'Nobody is signed in' }).waitFor();
  }

  // A page of another site.
  openElsewhere(html, page = this.page) {
    return page.goto(`data:text/html,${encodeURIComponent(`<!doctype html><html lang="en"><title>Elsewhere</title>${html}`)}`);
  }

  async session() {
    return (await this.context.cookies(this.origin)).find(cookie => cookie.name === 'wos-session');
  }

  // Sets the provider's fault switches.
  async faults(switches) {
    const answer = await fetch(`${this.provider}/_fake/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(switches) });
    assert.equal(answer.status, 204, await answer.text());
  }

  // How often the provider's token endpoint was asked.
  async authenticateCalls() {
    return (await (await fetch(`${this.provider}/_fake/ledger`)).json()).authenticate_calls;
  }

  // Signs in with an access token that is over when this returns; those after it live as usual. A slow machine must still
  // finish the sign-in within its life: a token that has ended on arrival means clocks that differ.
  async signInWithShortToken(path) {
    await this.faults({ access_token_lifetime: '00:00:05' });
    await this.signIn(path);
    await this.page.waitForTimeout(6_000);
    await this.faults({ clear: true });
  }

  // What every page of ours owes its readers, looked at in light and in dark; a photograph of each is kept.
  async inspect(name, page = this.page) {
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.locator('h1').count(), 1);
    assert.equal(await page.title(), await page.locator('h1').innerText());
    assert.ok((await page.getByRole('link').allInnerTexts()).every(text => text.trim()), 'a link without words');
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await this.photograph(`${name}-${colorScheme}`, page);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)]), [], `${name}, ${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: null });
  }

  photograph(name, page = this.page) {
    return page.screenshot({ path: join(this.screenshots, `${this.journey}-${name}.png`) });
  }
}
