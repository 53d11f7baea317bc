// How pages look: on narrow and wide screens, by light and by dark, on paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { saved } from './harness/questionnaire.mjs';
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
  [null, '/indicators/ledger'],
  [null, '/roadmap', ['roadmap', 1440, 'light', 1400]],
  [null, '/pictures/home/fields', ['picture-1440', 1440, 'light', 900], ['picture-dark-320', 320, 'dark', 1200]],
  [null, '/pictures/home/map'],
  [null, '/results/2025', ['results-index', 1440, 'light', 1400]],
  [null, '/results/2025?q=観光'],
  [null, '/results/2025/engaged.industry', ['results-question', 1440, 'light', 1400],
    ['results-question-320', 320, 'light', 2200], ['results-question-dark', 1440, 'dark', 1400]],
  [null, '/results/2025/industry.tourism.data?region=sanpachi&kind=town'],
  [null, '/results/2025/trigger.industry'],
  [null, '/indicators/engaged-any/2025', ['computation', 1440, 'light', 1400]],
  [null, '/indicators/half-of-areas/2025'],
  ['officer', '/indicators/half-of-areas/2025/022012'],
  [null, '/data'],
  [null, '/login'],
  [null, '/nothing-here'],
  [`m${BEGUN}`, '/answer/2026', ['task-list', 1440, 'light', 1000], ['task-list-320', 320, 'light', 1400]],
  [`m${BEGUN}`, '/answer/2026/organization'],
  [`m${BEGUN}`, '/answer/2026/industry', ['section-1440', 1440, 'light', 1400], ['section-320', 320, 'light', 2200],
    ['section-dark', 1440, 'dark', 1400], ['section-table', 1440, 'light', 900, 'section:has(.question-table)']],
  [`m${BEGUN}`, '/answer/2026/figures'],
  [`m${BEGUN}`, '/answer/2026/requests'],
  [`m${BEGUN}`, '/answer/2026/cases'],
  [`m${BEGUN}`, '/answer/2026/workbook'],
  [`m${BEGUN}`, '/answer/2026/tasks'],
  [`m${BEGUN}`, '/answer/2026/tasks/living'],
  [`m${BEGUN}`, '/answer/2026/inquiries'],
  [`m${BEGUN}`, '/answer/2026/inquiries/new?question=ind_00_1'],
  [`m${BEGUN}`, '/answer/2026/extension'],
  [`m${BEGUN}`, '/answer/2026/print'],
  [`m${BEGUN}`, '/answer/2026/check', ['check', 1440, 'light', 1100]],
  [`m${SUBMITTED}`, '/answer/2026'],
  [`m${SUBMITTED}`, '/answer/2026/industry'],
  [`m${SUBMITTED}`, '/answer/2026/receipt', ['receipt', 1440, 'light', 900]],
  [`m${SUBMITTED}`, '/compare', ['compare-own', 1440, 'light', 1400]],
  ['officer', `/compare?municipality=${SUBMITTED}`, ['compare-1440', 1440, 'light', 1800],
    ['compare-320', 320, 'light', 2400], ['compare-dark', 1440, 'dark', 1800],
    ['compare-maturity', 1440, 'light', 1600, '#maturity']],
  ['officer', `/compare?municipality=${SUBMITTED}&rows=question&section=industry&group=kind&scale=z`],
  ['officer', '/compare?municipality=131016'],
  ['officer', `/compare/handout?municipality=${SUBMITTED}`],
  ['analyst', '/results/2025/explore', ['explore-form', 1440, 'light', 1600], ['explore-form-320', 320, 'light', 2000]],
  ['analyst', '/results/2025/explore?compare=groups&of=i.engaged-any&of=q.industry.commerce.support_desk&by=kind&chance=superpopulation',
    ['explore', 1440, 'light', 2400], ['explore-320', 320, 'light', 2400], ['explore-dark', 1440, 'dark', 1600]],
  ['analyst', '/results/2025/explore?compare=groups&of=q.trigger.industry'],
  ['officer', '/desk/2026', ['desk', 1440, 'light', 1400], ['desk-320', 320, 'light', 1600]],
  ['officer', '/results/2025/organization.staff', ['results-numbers', 1440, 'light', 1400]],
  ['officer', '/results/2025/industry.tourism.data?cross=engaged.industry'],
  ['officer', '/results/2025/request.text'],
  ['officer', '/desk/2025'],
  ['officer', '/desk/2025/publication', ['publication', 1440, 'light', 2000], ['publication-320', 320, 'light', 2400]],
  [null, '/publications'],
  [null, '/publications/2025/1', ['publication-revision', 1440, 'light', 1400]],
  ['officer', '/tokens', ['tokens', 1440, 'light', 1200]],
  ['officer', '/data', ['data-officer', 1440, 'light', 2000]],
  ['officer', `/desk/2026/${SUBMITTED}`],
  ['officer', '/desk/2026/check', ['check-desk', 1440, 'light', 1400]],
  ['officer', `/desk/2026/${BEGUN}/changes?all=1`],
  ['officer', '/desk/2026/extensions'],
  ['officer', '/desk/2026/inquiries'],
  ['officer', `/desk/2026/${BEGUN}/inquiries/new?question=ind_00_1`],
  ['officer', '/desk/2026/advice'],
  ['officer', '/desk/kpi', ['desk-kpi', 1440, 'light', 1400]],
  ['officer', '/desk/kpi/labour-productivity'],
  ['officer', '/desk/accounts', ['accounts', 1440, 'light', 1400]],
  ['officer', '/desk/accounts/3'],
  ['officer', '/account'],
  ['officer', '/account/second-factor', ['second-factor', 1440, 'light', 1400]],
  ['officer', '/desk/audit', ['audit', 1440, 'light', 1400]],
  ['officer', '/desk/2026/reminders'],
  ['officer', `/desk/2026/reminders/new?template=near&municipality=${BEGUN}`],
  [null, '/invitation'],
  ['officer', '/desk/kpi/learning-activity-rate'],
  ['officer', '/desk/roadmap'],
  ['officer', '/desk/roadmap/industry-commerce-1'],
  ['officer', '/desk/2025/report'],
  ['officer', '/desk/rounds/new'],
  ['officer', '/desk/2026/questionnaire', ['questionnaire', 1440, 'light', 1400]],
  ['officer', '/desk/2026/questionnaire/preview'],
  ['officer', '/desk/2026/questionnaire/preview/industry'],
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

  await t.test('in a table of levels at 320 pixels an answer is chosen, saved and taken back', async () => {
    const visitor = await visitorOf('m022012');
    const { page } = visitor;
    await page.setViewportSize({ width: 320, height: 900 });
    await visitor.visit('/answer/2026/industry');
    const row = page.locator('#q-ind_01_1');
    await row.locator('input[value="3"]').check();
    await saved(page, ['ind_01_1']);
    await row.locator('[data-clear] input').check();
    await row.locator('[data-saved]').filter({ hasText: '保存済み' }).waitFor();
    assert.deepEqual(await measure(page), []);
    await visitor.visit('/answer/2026/industry');
    assert.equal(await row.locator('input:checked').count(), 0);
    assert.ok(await row.locator('[data-clear]').isHidden());
  });
});
