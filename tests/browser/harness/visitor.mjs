/** Somebody with a browser window. Whatever goes wrong on a page they visit fails the test. */

import assert from 'node:assert/strict';
import { accessible } from './axe.mjs';
import { LIVE } from './browser.mjs';
import { PASSWORD } from './installation.mjs';

/** What Chromium reports of a page with an island or a picture where nothing can run it; expected there and nowhere else. */
const KNOWN = {
  wasm: /^page error: WebAssembly is not defined$/,
  scripts: /\/assets\/(shirabe|picture)-[0-9a-f]+\.js: csp$/,
};

export class Visitor {
  #problems = [];

  /**
   * Opens a window of its own session. `window`: Playwright's context options, e.g. viewport and colorScheme. `seen`:
   * axe looks at the same documents elsewhere, and not here.
   */
  static async arrive(chrome, installation, { mode = LIVE, seen = false, ...window } = {}) {
    const visitor = new Visitor();
    visitor.mode = mode;
    visitor.seen = seen;
    visitor.url = installation.url;
    visitor.context = await chrome.newContext({
      baseURL: installation.url,
      locale: 'ja-JP',
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 1280, height: 900 },
      javaScriptEnabled: mode.scripts,
      ...window,
    });
    visitor.context.setDefaultTimeout(20_000);
    visitor.page = await visitor.open();
    return visitor;
  }

  /** One more tab of the same session, watched like the first. */
  async open() {
    const page = await this.context.newPage();
    const problem = (text) => this.#problems.push(text);
    page.on('console', (message) => message.type() === 'error' && problem(`console: ${message.text()}`));
    page.on('pageerror', (error) => problem(`page error: ${error.message}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(`${this.url}/`)) problem(`request to another host: ${request.url()}`);
    });
    page.on('requestfailed', (request) => {
      const { errorText } = request.failure();
      // Leaving a page breaks off what it was still loading.
      if (errorText !== 'net::ERR_ABORTED') problem(`${request.url()}: ${errorText}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400) problem(`${response.url()}: status of ${response.status()}`);
    });
    return page;
  }

  /** Opens an address, looks at the page. */
  async visit(path, { status = 200 } = {}) {
    const response = await this.page.goto(path);
    assert.equal(response.status(), status, path);
    await this.look({ status });
  }

  /** Presses a button or link that leads to another page, looks at it. */
  press(name, { role = 'button', ...expected } = {}) {
    const target = this.page.getByRole(role, { name, exact: true });
    return this.onwards(() => target.click(), expected);
  }

  /** Does what leads to another page, looks at that. */
  async onwards(action, { status = 200 } = {}) {
    const [response] = await Promise.all([
      this.page.waitForResponse(isFinalPage),
      this.page.waitForEvent('domcontentloaded'),
      action(),
    ]);
    assert.equal(response.status(), status, response.url());
    await this.page.waitForLoadState();
    await this.look({ status });
  }

  /** Follows a link. */
  follow(name, options = {}) {
    return this.press(name, { ...options, role: 'link' });
  }

  /** Nothing went wrong since the last look, and axe finds nothing in what is shown now. */
  async look({ status = 200, page = this.page } = {}) {
    if (!this.seen) await accessible(page, page.url());
    this.forget(new RegExp(`status of ${status} |status of ${status}$`));
    assert.deepEqual(this.#problems, [], page.url());
  }

  /** What a test brings about on purpose is no problem. */
  forget(expected) {
    this.#problems = this.#problems.filter((problem) => !expected.test(problem) && !this.#isKnown(problem));
  }

  #isKnown(problem) {
    if (!this.mode.scripts) return KNOWN.scripts.test(problem);
    return !this.mode.live && KNOWN.wasm.test(problem);
  }

  /** Logs in and arrives where the role belongs. */
  async login(name, { password = PASSWORD, ...expected } = {}) {
    await this.page.goto('/login');
    await this.page.getByLabel('ログイン名').fill(name);
    await this.page.getByLabel('パスワード').fill(password);
    await this.press('ログインする', expected);
  }

  /** What the page says, as one line. */
  async text(selector = 'main') {
    return (await this.page.locator(selector).innerText()).replace(/\s+/g, ' ');
  }

  async leave() {
    await this.context.close();
  }
}

function isFinalPage(response) {
  return response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400);
}
