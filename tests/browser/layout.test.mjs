// How pages look: on narrow and wide screens, by light and by dark, on paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { picture } from './harness/screenshots.mjs';
import { Visitor } from './harness/visitor.mjs';

const WIDTHS = [320, 768, 1440];
const SCHEMES = ['light', 'dark'];
/** A municipality that has begun, and one that has submitted. */
const [BEGUN, SUBMITTED] = ['022039', '022063'];

/** Who, address, and the pictures taken there: name, width, scheme, height, from which element on. */
const PAGES = [
  [null, '/', ['public-1440', 1440, 'light', 900], ['public-320', 320, 'light', 1600],
    ['public-dark', 1440, 'dark', 1400], ['public-map', 1440, 'light', 800, '#map']],
  [null, '/indicators', ['indicators', 1440, 'light', 1400]],
  [null, '/data'],
  [null, '/login'],
  [null, '/nothing-here'],
  [`m${BEGUN}`, '/answer/2026', ['task-list', 1440, 'light', 1000], ['task-list-320', 320, 'light', 1400]],
  [`m${BEGUN}`, '/answer/2026/organization'],
  [`m${BEGUN}`, '/answer/2026/industry', ['section-1440', 1440, 'light', 1400], ['section-320', 320, 'light', 2200],
    ['section-dark', 1440, 'dark', 1400], ['section-table', 1440, 'light', 900, 'section:has(.question-table)']],
  [`m${BEGUN}`, '/answer/2026/figures'],
  [`m${BEGUN}`, '/answer/2026/requests'],
  [`m${BEGUN}`, '/answer/2026/check', ['check', 1440, 'light', 1100]],
  [`m${SUBMITTED}`, '/answer/2026'],
  [`m${SUBMITTED}`, '/answer/2026/industry'],
  [`m${SUBMITTED}`, '/answer/2026/receipt', ['receipt', 1440, 'light', 900]],
  ['officer', '/desk/2026', ['desk', 1440, 'light', 1400], ['desk-320', 320, 'light', 1600]],
  ['officer', '/desk/2025'],
  ['officer', `/desk/2026/${SUBMITTED}`],
  ['officer', '/desk/kpi/labour-productivity'],
];

test('pages fit', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  const visitors = new Map();
  /** One window for each account. */
  const visitorOf = async (account) => {
    if (!visitors.has(account)) {
      visitors.set(account, await Visitor.arrive(chrome, installation));
      if (account) await visitors.get(account).login(account);
    }
    return visitors.get(account);
  };

  for (const [account, path, ...pictures] of PAGES) {
    await t.test(`${path} of ${account ?? 'everyone'} at ${WIDTHS.join(', ')} pixels, light and dark`, async () => {
      const visitor = await visitorOf(account);
      const { page } = visitor;
      const status = path === '/nothing-here' ? 404 : 200;
      await visitor.visit(path, { status });
      const problems = [];
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await visitor.look();
          for (const [name, , , height, from] of pictures.filter(([, w, s]) => w === width && s === colorScheme)) {
            await picture(page, name, { height, from });
          }
        }
        problems.push(...await measure(page));
        const folded = await page.locator('details:not([open])').count();
        if (folded) {
          await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
          problems.push(...(await measure(page)).map((problem) => `unfolded, ${problem}`));
          await visitor.look();
          await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = false; }));
        }
      }
      await page.emulateMedia({ colorScheme: 'light' });
      assert.deepEqual(problems, []);
    });
  }
});
