// A bad connection and a quick hand: no answer is lost, and none is there twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { answer, saved } from './harness/questionnaire.mjs';
import { revision, stored } from './harness/response.mjs';
import { Visitor } from './harness/visitor.mjs';

const ORGANIZATION = '/answer/2026/organization';
const PUT = '**/api/v1/rounds/2026/responses/*/answers/*';

test('a bad connection loses no answer', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  const codes = await untouched(chrome, installation);
  const respondent = async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    visitor.code = codes.shift();
    await visitor.login(`m${visitor.code}`);
    await visitor.visit(ORGANIZATION);
    return visitor;
  };

  await t.test('a save says 保存中, then 保存済み with the time', async () => {
    const visitor = await respondent();
    const { page } = visitor;
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(PUT, async (route) => {
      await held;
      await route.continue();
    });
    await answer(page, 'org_1', '2');
    const status = page.locator('[role=status][data-save-status]');
    await page.locator('#q-org_1 [data-saved]').filter({ hasText: /^保存中…$/ }).waitFor();
    assert.equal(await status.innerText(), '保存中…');
    release();
    await saved(page, ['org_1']);
    assert.match(await status.innerText(), /^保存済み \d\d:\d\d$/);
    await page.locator('[name=org_6a]').pressSequentially('3');
    assert.equal(await status.innerText(), '未保存');
    await saved(page, ['org_6a']);
    assert.match(await status.innerText(), /^保存済み \d\d:\d\d$/);
    await visitor.leave();
  });

  await t.test('a save that fails stays on the screen and is tried again after longer and longer waits', async () => {
    const visitor = await respondent();
    const { page } = visitor;
    const tries = [];
    await page.route(PUT, async (route) => {
      tries.push(Date.now());
      if (tries.length < 3) await route.fulfill({ status: 503, body: '' });
      else await route.continue();
    });
    await answer(page, 'org_6a', '34');
    await page.locator('#q-org_6a [data-saved]').filter({ hasText: '未保存' }).waitFor();
    assert.match(await visitor.text('[data-save-status]'), /^未保存: 通信できません。再送します。$/);
    await saved(page, ['org_6a']);
    assert.equal(await page.locator('[name=org_6a]').inputValue(), '34');
    const waits = tries.slice(1).map((at, place) => at - tries[place]);
    assert.equal(waits.length, 2);
    assert.ok(waits[0] >= 1_900 && waits[1] >= 3_900, waits.join());
    assert.deepEqual(await stored(visitor, visitor.code, 'org_6a'), { integer: 34 });
    visitor.forget(/status of 503/);
    await visitor.look();
    await visitor.leave();
  });

  for (const status of [408, 425, 429]) {
    await t.test(`what is not taken just now (${status}) is sent again, not before the server says`, async () => {
      const visitor = await respondent();
      const { page } = visitor;
      const tries = [];
      await page.route(PUT, async (route) => {
        tries.push(Date.now());
        if (tries.length < 2) await route.fulfill({ status, headers: { 'retry-after': '3' }, body: '' });
        else await route.continue();
      });
      await answer(page, 'org_6a', '34');
      await page.locator('#q-org_6a [data-saved]').filter({ hasText: '未保存' }).waitFor();
      assert.equal(await visitor.text('[data-save-status]'), '未保存: 混み合っています。しばらくして再送します。');
      assert.ok(await page.locator('#e-org_6a').isHidden(), 'nothing is wrong with the answer');
      await saved(page, ['org_6a']);
      assert.equal(tries.length, 2);
      assert.ok(tries[1] - tries[0] >= 2_900, `${tries[1] - tries[0]}`);
      assert.deepEqual(await stored(visitor, visitor.code, 'org_6a'), { integer: 34 });
      visitor.forget(new RegExp(`status of ${status}`));
      await visitor.look();
      await visitor.leave();
    });
  }

  await t.test('a reply that is lost on its way neither doubles an answer nor makes it look like another person’s', async () => {
    const visitor = await respondent();
    const { page } = visitor;
    let lost = 0;
    await page.route(PUT, async (route) => {
      if (lost > 0) {
        await route.continue();
        return;
      }
      lost += 1;
      await route.fetch(); // It arrives, and is stored.
      await route.abort('connectionreset');
    });
    await answer(page, 'org_6a', '7');
    await page.locator('#q-org_6a [data-saved]').filter({ hasText: '未保存' }).waitFor();
    await answer(page, 'org_6a', '8');
    await saved(page, ['org_6a']);
    assert.equal(await page.locator('[data-conflict]').count(), 0);
    assert.deepEqual(await stored(visitor, visitor.code, 'org_6a'), { integer: 8 });
    assert.equal(await revision(visitor, visitor.code, 'org_6a'), 2, '7 and 8, each once');
    visitor.forget(/ERR_CONNECTION_RESET/);
    await visitor.look();
    await visitor.leave();
  });

  await t.test('what is typed while a save is on its way follows it', async () => {
    const visitor = await respondent();
    const { page } = visitor;
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const sent = [];
    await page.route(PUT, async (route) => {
      sent.push(route.request().postDataJSON().values);
      await held;
      await route.continue();
    });
    await answer(page, 'org_6a', '1');
    await page.locator('#q-org_6a [data-saved]').filter({ hasText: '保存中' }).waitFor();
    await answer(page, 'org_6a', '12');
    await answer(page, 'org_6a', '123');
    release();
    await saved(page, ['org_6a']);
    assert.deepEqual(sent, [['1'], ['123']], 'one at a time, and the latest');
    assert.deepEqual(await stored(visitor, visitor.code, 'org_6a'), { integer: 123 });
    await visitor.leave();
  });

  await t.test('without a connection the button does not replace the page by an error of the browser', async () => {
    const visitor = await respondent();
    const { page } = visitor;
    await visitor.context.setOffline(true);
    await answer(page, 'org_6a', '5');
    await page.locator('#q-org_6a [data-saved]').filter({ hasText: '未保存' }).waitFor();
    await page.getByRole('button', { name: '保存して次へ', exact: true }).last().click();
    await page.waitForTimeout(500);
    assert.equal(await page.locator('[name=org_6a]').inputValue(), '5');
    await page.setViewportSize({ width: 320, height: 700 });
    assert.deepEqual(await measure(page), []);
    assert.ok(await page.locator('[data-save-status]').isVisible());
    await visitor.context.setOffline(false);
    await saved(page, ['org_6a']);
    visitor.forget(/ERR_INTERNET_DISCONNECTED/);
    await visitor.look();
    await visitor.leave();
  });
});

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  test(`a double click saves once, ${mode.name}`, async (t) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
    const { page } = visitor;
    await visitor.login('m022012');
    await visitor.visit(ORGANIZATION);
    await page.locator('[name=org_6a]').fill('15');
    await page.locator('[name=org_1][value="2"]').check();
    const button = page.getByRole('button', { name: '保存して次へ', exact: true }).last();
    await Promise.all([page.waitForURL('**/industry'), button.dblclick({ noWaitAfter: true })]);
    await page.waitForLoadState('networkidle');
    visitor.forget(/ERR_ABORTED/);
    assert.match(page.url(), /\/industry$/);
    assert.deepEqual(await stored(visitor, '022012', 'org_6a'), { integer: 15 });
    assert.equal(await revision(visitor, '022012', 'org_6a'), 1);
    assert.equal(await revision(visitor, '022012', 'org_1'), 1);

    // Back, and again: nothing is doubled, nothing is in the way.
    await page.goBack();
    await page.waitForLoadState('networkidle');
    assert.equal(await page.locator('[name=org_6a]').inputValue(), '15');
    await visitor.press('保存して一覧に戻る');
    assert.equal(await revision(visitor, '022012', 'org_6a'), 1);
    await visitor.leave();
  });
}

/** Municipalities that have not begun; one a test. */
async function untouched(chrome, installation) {
  const officer = await Visitor.arrive(chrome, installation);
  await officer.login('officer');
  const response = await officer.context.request.get('/api/v1/rounds/2026/responses');
  const all = await response.json();
  await officer.leave();
  return all.filter(({ state }) => state === 'not_started').map(({ code }) => code);
}
