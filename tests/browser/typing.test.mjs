// What officials type is taken as they type it: numbers as in their papers, Japanese through an input method.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { answer, saved } from './harness/questionnaire.mjs';
import { stored } from './harness/response.mjs';
import { Visitor } from './harness/visitor.mjs';

const CODE = '022012';
const [ORGANIZATION, FIGURES, CASES] = ['organization', 'figures', 'cases'].map((section) => `/answer/2026/${section}`);
const PUT = '**/api/v1/rounds/2026/responses/*/answers/*';

test('typing', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  const visitor = await Visitor.arrive(chrome, installation);
  const { page } = visitor;
  await visitor.login(`m${CODE}`);
  const composer = await visitor.context.newCDPSession(page);
  /** The words that the input method shows and has not given yet. */
  const compose = (text) => composer.send('Input.imeSetComposition', {
    text, selectionStart: text.length, selectionEnd: text.length,
  });
  const confirm = (text) => composer.send('Input.insertText', { text });
  const enter = async () => {
    const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
    await composer.send('Input.dispatchKeyEvent', { type: 'keyDown', ...key });
    await composer.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  };
  /** Enter as an input method takes it for itself: the field gets no line end. */
  const take = async () => {
    const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 };
    await composer.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
    await composer.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  };

  await t.test('full-width digits, separators and △ are numbers', async () => {
    await visitor.visit(FIGURES);
    for (const [typed, number] of [['１２，３４５', 12345], ['　８００ ', 800], ['12,345', 12345]]) {
      await answer(page, 'num_6', typed);
      await saved(page, ['num_6']);
      assert.equal(await page.locator('[name=num_6]').inputValue(), typed, 'the field is not rewritten while one types');
      assert.deepEqual(await stored(visitor, CODE, 'num_6'), { integer: number }, typed);
    }
    for (const typed of ['△５', '▲5', '－５']) {
      await answer(page, 'num_6', typed);
      await page.locator('#e-num_6').filter({ hasText: '0以上' }).waitFor();
      await saved(page, ['num_6']);
      assert.deepEqual(await stored(visitor, CODE, 'num_6'), { integer: -5 }, `${typed} is understood, kept and in doubt`);
      await answer(page, 'num_6', '1');
      await saved(page, ['num_6']);
      assert.ok(await page.locator('#e-num_6').isHidden());
    }
    await answer(page, 'num_4', '８５．５');
    await saved(page, ['num_4']);
    assert.deepEqual(await stored(visitor, CODE, 'num_4'), { decimal: '85.5' });
    await answer(page, 'num_6', '1,2');
    await page.locator('#e-num_6').filter({ hasText: '整数で入力してください' }).waitFor();
    assert.equal(await page.locator('[name=num_6]').inputValue(), '1,2');
    assert.deepEqual(await stored(visitor, CODE, 'num_6'), { integer: 1 }, 'what cannot be read replaces nothing');
    await visitor.look();
  });

  await t.test('the wheel changes no number, and no field invites it to', async () => {
    await visitor.visit(FIGURES);
    const field = page.locator('[name=num_5]');
    await answer(page, 'num_5', '4100');
    await saved(page, ['num_5']);
    await field.click();
    const { x, y, width, height } = await field.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    for (const way of [120, 120, -120]) await page.mouse.wheel(0, way);
    await page.keyboard.press('ArrowUp');
    await field.blur();
    assert.equal(await field.inputValue(), '4100');
    assert.deepEqual(await stored(visitor, CODE, 'num_5'), { integer: 4100 });
    await visitor.visit('/answer/2026');
    const sections = await page.locator('.task a[href^="/answer/2026/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    assert.ok(sections.length >= 8, sections.join());
    for (const section of sections) {
      const html = await (await visitor.context.request.get(section)).text();
      assert.doesNotMatch(html, /type="?number/, section);
    }
  });

  await t.test('characters are counted while one types, and a text that is too long is kept on the screen', async () => {
    await visitor.visit(CASES);
    const counter = page.locator('#q-free_1_name [data-limit]');
    const limit = Number(await counter.getAttribute('data-limit'));
    await page.locator('[name=free_1_name]').pressSequentially('窓口𠮷');
    assert.equal(await counter.innerText(), `3文字／${limit}文字以内`);
    const long = '長'.repeat(limit + 1);
    await answer(page, 'free_1_name', long);
    assert.equal(await counter.innerText(), `${limit + 1}文字／${limit}文字以内`);
    await page.locator('#e-free_1_name').filter({ hasText: `${limit}文字以内で入力してください（現在${limit + 1}文字）。` }).waitFor();
    assert.equal((await page.locator('[name=free_1_name]').inputValue()).length, limit + 1);
    await visitor.look();
    await answer(page, 'free_1_name', '書かない窓口');
    await saved(page, ['free_1_name']);
    assert.ok(await page.locator('#e-free_1_name').isHidden());
  });

  await t.test('a text of several lines is composed, saved in between, and never cut', async () => {
    await visitor.visit(CASES);
    const field = page.locator('[name=free_1_outline]');
    const sent = [];
    const note = (request) => request.method() === 'PUT' && sent.push(request.postDataJSON().values[0]);
    page.on('request', note);
    await page.route(PUT, async (route) => {
      await new Promise((resolve) => { setTimeout(resolve, 600); }); // A slow way: the next word is being composed.
      await route.continue();
    });
    await field.click();
    await compose('しみんが');
    await page.waitForTimeout(1_800);
    assert.deepEqual(sent, [], 'half a word is not saved');
    await take();
    await confirm('市民が');
    await page.waitForRequest((request) => request.method() === 'PUT');
    assert.deepEqual(sent, ['市民が']);
    await compose('かかない'); // While the first words are on their way.
    await page.waitForTimeout(1_000);
    assert.equal(await field.inputValue(), '市民がかかない', 'the reply does not disturb the composition');
    await take();
    await confirm('書かない');
    await page.keyboard.press('Enter');
    await compose('まどぐち');
    await take();
    await confirm('窓口（㈱①髙）');
    await field.blur();
    await saved(page, ['free_1_outline']);
    assert.match(page.url(), /\/cases$/, 'Enter submits nothing');
    assert.equal(await field.inputValue(), '市民が書かない\n窓口（㈱①髙）');
    assert.deepEqual(await stored(visitor, CODE, 'free_1_outline'), { text: '市民が書かない\n窓口（㈱①髙）' });
    await page.unroute(PUT);
    page.off('request', note);
    await visitor.look();
  });

  await t.test('leaving a field in the middle of a composition keeps its words', async () => {
    await visitor.visit(CASES);
    await page.locator('[name=free_1_contact]').click();
    await compose('企画課');
    await page.keyboard.press('Tab');
    await saved(page, ['free_1_contact']);
    assert.deepEqual(await stored(visitor, CODE, 'free_1_contact'), { text: '企画課' });
  });

  await t.test('digits through an input method are a number', async () => {
    await visitor.visit(ORGANIZATION);
    await page.locator('[name=org_6a]').click();
    await compose('１２');
    await take();
    await confirm('１２');
    await page.locator('[name=org_6a]').blur();
    await saved(page, ['org_6a']);
    assert.match(page.url(), /\/organization$/);
    assert.deepEqual(await stored(visitor, CODE, 'org_6a'), { integer: 12 });
    await visitor.look();
  });
  await visitor.leave();
});
