// What the section page does by itself: it saves, and it loses nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration, PASSWORD } from './harness/installation.mjs';
import { answer, saved } from './harness/questionnaire.mjs';
import { Visitor } from './harness/visitor.mjs';

const SECTION = '/answer/2026/organization';
/** A section of texts. */
const TEXTS = '/answer/2026/requests';

test('the section page saves by itself', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  const codes = await untouched(chrome, installation);
  /** A respondent of a municipality that has not begun, on a section page. */
  const respondent = async (path, code = codes.pop()) => {
    const visitor = await Visitor.arrive(chrome, installation);
    visitor.code = code;
    await visitor.login(`m${code}`);
    await visitor.visit(path);
    return visitor;
  };

  await t.test('an answer is saved without a press on any button', async () => {
    const visitor = await respondent(SECTION);
    await answer(visitor.page, 'org_1', '2');
    await saved(visitor.page, ['org_1']);
    assert.match(await visitor.text('[data-save-status]'), /^保存済み \d\d:\d\d$/);
    await visitor.look();
    await visitor.page.reload();
    assert.ok(await visitor.page.locator('[name=org_1][value="2"]').isChecked());
    await visitor.leave();
  });

  await t.test('a text is saved after a pause in typing', async () => {
    const visitor = await respondent(TEXTS);
    await visitor.page.locator('[name=free_2_text]').pressSequentially('窓口の予約を');
    await saved(visitor.page, ['free_2_text']);
    await visitor.page.locator('[name=free_2_text]').pressSequentially('電子化したい');
    await storedBecomes(visitor, 'free_2_text', '窓口の予約を電子化したい');
    await visitor.leave();
  });

  await t.test('full-width digits are a number', async () => {
    const visitor = await respondent(SECTION);
    await answer(visitor.page, 'org_6a', '１２');
    await saved(visitor.page, ['org_6a']);
    assert.ok(await visitor.page.locator('#e-org_6a').isHidden());
    await visitor.page.locator('#q-org_6b').waitFor({ state: 'visible' });
    await visitor.page.reload();
    assert.equal(await visitor.page.locator('[name=org_6a]').inputValue(), '12');
    await visitor.leave();
  });

  await t.test('a press on the button right after typing is not lost', async () => {
    const visitor = await respondent(SECTION);
    await visitor.page.locator('[name=org_6a]').fill('5'); // Brings up a question above the button.
    await visitor.press('保存して次へ');
    assert.match(visitor.page.url(), /\/industry$/);
    await visitor.visit(SECTION);
    assert.equal(await visitor.page.locator('[name=org_6a]').inputValue(), '5');
    await visitor.leave();
  });

  await t.test('what was typed before the page became live stays and is saved', async () => {
    const visitor = await respondent('/answer');
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await visitor.context.route('**/*_bg.wasm', async (route) => {
      await held;
      await route.continue();
    });
    await visitor.page.goto(SECTION, { waitUntil: 'domcontentloaded' });
    await answer(visitor.page, 'org_1', '1');
    await visitor.page.locator('[name=org_6a]').fill('34');
    await visitor.page.waitForTimeout(500);
    assert.equal(await stored(visitor, 'org_6a'), '');
    release();
    await saved(visitor.page, ['org_1', 'org_6a']);
    assert.equal(await visitor.page.locator('[name=org_6a]').inputValue(), '34');
    assert.equal(await stored(visitor, 'org_6a'), '34');
    await visitor.look();
    await visitor.leave();
  });

  await t.test('without a connection the page says 未保存, warns who leaves, and saves when it is back', async () => {
    const visitor = await respondent(SECTION);
    const { page } = visitor;
    await answer(page, 'org_2', '1');
    await saved(page, ['org_2']);
    await visitor.context.setOffline(true);
    await page.locator('[name=org_6a]').click();
    await page.keyboard.type('56');
    await page.keyboard.press('Tab');
    await page.locator('#q-org_6a [data-saved]').filter({ hasText: '未保存' }).waitFor();
    assert.match(await visitor.text('[data-save-status]'), /^未保存: 通信できません。再送します。$/);
    assert.equal(await page.locator('[name=org_6a]').inputValue(), '56');
    const warned = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await warned;
    assert.equal(dialog.type(), 'beforeunload');
    await dialog.dismiss();
    await visitor.context.setOffline(false);
    await saved(page, ['org_6a']);
    assert.equal(await stored(visitor, 'org_6a'), '56');
    visitor.forget(/ERR_INTERNET_DISCONNECTED/);
    await visitor.look();
    await visitor.leave();
  });

  await t.test('composing Japanese is never cut: Enter ends a conversion, and the whole text is saved', async () => {
    const visitor = await respondent('/answer/2026/cases');
    const { page } = visitor;
    const puts = [];
    page.on('request', (request) => request.method() === 'PUT' && puts.push(request.postData()));
    const input = await page.context().newCDPSession(page);
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
    await page.evaluate(() => addEventListener('keydown', (event) => { window.wasComposing = event.isComposing; }, true));
    await page.locator('[name=free_1_name]').click();
    await input.send('Input.imeSetComposition', { text: 'まどぐち', selectionStart: 4, selectionEnd: 4 });
    await page.waitForTimeout(2_000);
    assert.deepEqual(puts, [], 'nothing is saved while a word is being composed');
    await input.send('Input.dispatchKeyEvent', { type: 'keyDown', ...enter });
    await input.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => window.wasComposing), true);
    assert.match(page.url(), /\/cases$/, 'Enter does not submit');
    await input.send('Input.insertText', { text: '窓口' });
    await storedBecomes(visitor, 'free_1_name', '窓口');
    assert.match(page.url(), /\/cases$/);
    const onwards = page.waitForURL(/\/requests$/);
    await page.keyboard.press('Enter'); // Nothing is being composed now: the form goes.
    await onwards;
    await visitor.look();
    await visitor.leave();
  });

  await t.test('two people fill different questions of one section without loss', async () => {
    const one = await respondent(SECTION);
    const other = await respondent(SECTION, one.code);
    await answer(one.page, 'org_1', '1');
    await answer(other.page, 'org_2', '2');
    await saved(one.page, ['org_1']);
    await saved(other.page, ['org_2']);
    await one.press('保存して次へ');
    await other.press('保存して次へ');
    await other.visit(SECTION);
    assert.ok(await other.page.locator('[name=org_1][value="1"]').isChecked());
    assert.ok(await other.page.locator('[name=org_2][value="2"]').isChecked());
    await one.leave();
    await other.leave();
  });

  await t.test('two people answer the same question: the page says so, and nothing is overwritten', async () => {
    const one = await respondent(SECTION);
    const other = await respondent(SECTION, one.code);
    await answer(one.page, 'org_1', '1');
    await saved(one.page, ['org_1']);
    await answer(other.page, 'org_1', '3');
    await other.page.locator('#q-org_1 [data-conflict]').waitFor();
    assert.match(await other.text('#q-org_1 [data-conflict]'), /に保存した値：.*この画面の回答：/);
    assert.match(await other.text('#q-org_1 [data-saved]'), /未保存/);
    assert.equal(await stored(one, 'org_1'), '1');
    await other.look({ status: 409 });
    await other.press('保存して次へ', { status: 409 });
    assert.match(await other.text('#q-org_1 .question-conflict'), /ほかの人が別の値を保存しています。/);
    assert.equal(await stored(one, 'org_1'), '1');
    await other.page.getByLabel('この画面の回答に置き換える').check();
    await other.press('保存して次へ');
    assert.equal(await stored(one, 'org_1'), '3');
    await one.leave();
    await other.leave();
  });

  await t.test('of two values of one question, either is kept without leaving the page', async () => {
    const one = await respondent(SECTION);
    const other = await respondent(SECTION, one.code);
    for (const [question, button, kept] of [['org_1', /さんの値を残す$/, '1'], ['org_2', 'この画面の回答に置き換える', '3']]) {
      await answer(one.page, question, '1');
      await saved(one.page, [question]);
      await answer(other.page, question, '3');
      await other.page.locator(`#q-${question} [data-conflict]`).getByRole('button', { name: button }).click();
      await storedBecomes(other, question, kept);
      assert.ok(await other.page.locator(`[name=${question}][value="${kept}"]`).isChecked());
      assert.equal(await other.page.locator('[data-conflict]:visible').count(), 0);
    }
    await other.look({ status: 409 });
    await one.leave();
    await other.leave();
  });

  await t.test('when the session has ended, one logs in on the page, and what was typed meanwhile is saved', async () => {
    const visitor = await respondent(SECTION);
    const { page } = visitor;
    await visitor.context.clearCookies();
    await answer(page, 'org_6a', '78');
    await page.getByText('ログインの有効期限が切れたか').waitFor();
    assert.match(await visitor.text('#q-org_6a [data-saved]'), /未保存/);
    assert.equal(await page.locator('[name=org_6a]').inputValue(), '78');
    await visitor.look({ status: 401 });
    assert.equal(await page.getByLabel('ログイン名').inputValue(), `m${visitor.code}`);
    await page.getByLabel('パスワード').fill('a-wrong-password');
    await page.getByRole('button', { name: 'ログインする' }).click();
    await page.getByText('ログイン名またはパスワードが違います。').waitFor();
    assert.equal(await page.getByLabel('パスワード').inputValue(), '');
    await page.getByLabel('パスワード').fill(PASSWORD);
    await page.getByRole('button', { name: 'ログインする' }).click();
    await saved(page, ['org_6a']);
    assert.ok(await page.getByText('ログインの有効期限が切れたか').isHidden());
    assert.equal(await stored(visitor, 'org_6a'), '78');
    visitor.forget(/status of (401|422)/);
    await visitor.look();
    await visitor.leave();
  });
});

/** Codes of municipalities whose respondents have not begun, from the officer's board. */
async function untouched(chrome, installation) {
  const officer = await Visitor.arrive(chrome, installation);
  await officer.login('officer');
  await officer.visit('/desk/2026?state=not_started');
  const links = await officer.page.locator('.board tbody a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  await officer.leave();
  return links.map((href) => href.split('/').at(-1));
}

/** What a fresh page of the section shows in the question's input: the text, or the choice. */
async function stored(visitor, question) {
  const html = await (await visitor.context.request.get(visitor.page.url())).text();
  return visitor.page.evaluate(([text, name]) => {
    const controls = [...new DOMParser().parseFromString(text, 'text/html').getElementsByName(name)];
    if (controls[0].type === 'radio') return controls.find((control) => control.checked)?.value ?? '';
    return controls[0].value;
  }, [html, question]);
}

async function storedBecomes(visitor, question, expected) {
  let value;
  for (let tries = 0; tries < 50; tries += 1) {
    value = await stored(visitor, question);
    if (value === expected) return;
    await visitor.page.waitForTimeout(200);
  }
  assert.equal(value, expected);
}
