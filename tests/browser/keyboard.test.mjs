// Everything a respondent does, without a mouse.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WITHOUT_WASM, browser } from './harness/browser.mjs';
import { PASSWORD, demonstration } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { saved } from './harness/questionnaire.mjs';
import { complete, save, stored } from './harness/response.mjs';
import { Visitor } from './harness/visitor.mjs';
import { filledWorkbook } from './harness/workbook.mjs';

const RESPONDENT = 'm022098';
const SECTION = '/answer/2026/organization';

test('the keyboard alone is enough', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);

  await t.test('from the login to a saved section, always seeing where one is', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    const { page } = visitor;
    await visitor.visit('/login');

    await page.keyboard.press('Tab');
    assert.deepEqual(await focused(page), { name: '本文へ移動', seen: true });
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    await tabTo(page, 'ログイン名');
    await page.keyboard.type(RESPONDENT);
    await tabTo(page, 'パスワード');
    await page.keyboard.type(PASSWORD);
    await visitor.onwards(() => page.keyboard.press('Enter'));
    assert.equal(new URL(page.url()).pathname, '/answer/2026');

    await tabTo(page, 'つづきから入力する');
    await visitor.onwards(() => page.keyboard.press('Enter'));
    assert.equal(new URL(page.url()).pathname, SECTION);
    await page.waitForLoadState('networkidle');

    const first = page.locator('[name=org_1]');
    await tabTo(page, await first.nth(0).evaluate((input) => input.labels[0].textContent));
    await page.keyboard.press('Space');
    assert.ok(await first.nth(0).isChecked());
    await page.keyboard.press('ArrowDown');
    assert.ok(await first.nth(1).isChecked());
    await tabTo(page, await page.locator('[name=org_2]').nth(0).evaluate((input) => input.labels[0].textContent));
    await page.keyboard.press('Space');
    await tabTo(page, '保存して次へ');
    await visitor.onwards(() => page.keyboard.press('Enter'));
    assert.equal(new URL(page.url()).pathname, '/answer/2026/industry');
    await visitor.visit(SECTION);
    assert.ok(await first.nth(1).isChecked());
    assert.ok(await page.locator('[name=org_2]').nth(0).isChecked());

    // A question in a table: one stop for the row, arrows between the choices.
    await visitor.visit('/answer/2026/industry');
    const row = page.locator('[name=ind_01_1]');
    await row.nth(0).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    assert.ok(await row.nth(1).isChecked());
    // Behind it what stands beside the question, then the next row.
    const stops = [];
    while (stops.at(-1) !== 'ind_01_2' && stops.length < 6) {
      await page.keyboard.press('Tab');
      stops.push(await page.evaluate(() => document.activeElement.name));
    }
    assert.equal(stops.at(-1), 'ind_01_2');
    assert.ok(!stops.includes('ind_01_1'));
    await visitor.leave();
  });

  await t.test('last year’s answer, a conflict, a new login and the submission, at 320 pixels', async () => {
    const code = '022047';
    const visitor = await Visitor.arrive(chrome, installation, { viewport: { width: 320, height: 900 } });
    const { page } = visitor;
    const press = async (key = 'Enter') => page.keyboard.press(key);
    await visitor.login(`m${code}`);
    await complete(visitor, code);
    await save(visitor, code, { num_5: [], org_6a: '10' });

    await visitor.visit('/answer/2026/figures');
    await page.locator('[name=num_5]').focus();
    await press('Shift+Tab');
    assert.match((await focused(page)).name, /^前年と同じ/);
    await press();
    await saved(page, ['num_5']);
    assert.notEqual(await stored(visitor, code, 'num_5'), undefined);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'same', 'and one is where one was');

    await visitor.visit(SECTION);
    await save(visitor, code, { org_6a: '11' }); // Somebody else, meanwhile.
    await page.locator('[name=org_6a]').focus();
    await press('Control+A');
    await page.keyboard.type('15');
    await press('Tab');
    await page.locator('#q-org_6a [data-conflict]').waitFor();
    assert.deepEqual(await measure(page), []);
    await page.locator('[name=org_6a]').focus();
    await tabTo(page, 'この画面の回答に置き換える');
    await press();
    await saved(page, ['org_6a']);
    assert.deepEqual(await stored(visitor, code, 'org_6a'), { integer: 15 });
    await visitor.look({ status: 409 });

    await visitor.context.clearCookies();
    await page.locator('[name=org_6a]').focus();
    await press('Control+A');
    await page.keyboard.type('16');
    await press('Tab');
    await page.getByText('ログインの有効期限が切れたか').waitFor();
    assert.deepEqual(await measure(page), []);
    await tabTo(page, 'パスワード');
    await page.keyboard.type(PASSWORD);
    await press();
    await saved(page, ['org_6a']);
    visitor.forget(/status of 401/);
    await visitor.look();

    await visitor.visit('/answer/2026/check');
    assert.match(await visitor.text(), /必須の設問はすべて回答されています。/);
    assert.deepEqual(await measure(page), []);
    await tabTo(page, '提出する');
    await visitor.onwards(() => press());
    assert.equal(new URL(page.url()).pathname, '/answer/2026/receipt');
    assert.deepEqual(await measure(page), []);
    await visitor.leave();
  });

  await t.test('after a refusal the focus is on the summary, whose links lead to the fields', async (t2) => {
    const plain = await browser(t2, WITHOUT_WASM);
    for (const [chromium, mode] of [[chrome, undefined], [plain, WITHOUT_WASM]]) {
      const visitor = await Visitor.arrive(chromium, installation, { mode, viewport: { width: 320, height: 900 } });
      const { page } = visitor;
      await visitor.login(RESPONDENT);
      await visitor.visit(SECTION);
      await page.locator('[name=org_6a]').focus();
      await page.keyboard.type('多数');
      await visitor.onwards(() => page.keyboard.press('Enter'), { status: 422 });
      assert.equal(await page.evaluate(() => document.activeElement.id), 'error-summary');
      assert.deepEqual(await measure(page), []);
      await page.keyboard.press('Tab');
      const { name, seen } = await focused(page);
      assert.match(name, /DX推進を担当する職員の数/);
      assert.ok(seen);
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'f-org_6a');
      await page.keyboard.press('Control+A');
      await page.keyboard.type('9');
      await tabTo(page, '保存して一覧に戻る');
      await visitor.onwards(() => page.keyboard.press('Enter'));
      assert.equal(new URL(page.url()).pathname, '/answer/2026');
      await visitor.leave();
    }
  });
});

test('what surrounds the answers needs no mouse either', async (t) => {
  const code = '022012';
  const installation = await demonstration(t, async (shirabe) => {
    const approver = ['kacho', '--name', '課長 木村', '--role', 'approver', '--municipality', code];
    await shirabe(['user', 'add', ...approver], `${PASSWORD}\n`);
  });
  const chrome = await browser(t);
  const arrive = async (account) => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login(account);
    return visitor;
  };
  const visitor = await arrive(`m${code}`);
  const { page } = visitor;
  /** Goes to the button of that name and presses it. */
  const enter = async (name, who = visitor) => {
    await tabTo(who.page, name);
    await who.onwards(() => who.page.keyboard.press('Enter'));
  };

  await t.test('a section is handed to somebody', async () => {
    await visitor.visit('/answer/2026/tasks');
    await tabTo(page, '担当（課名・氏名）');
    await page.keyboard.type('総務課');
    await tabTo(page, '依頼中');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, '連絡事項');
    await page.keyboard.type('金曜まで');
    await enter(await page.locator('.task-form button').first().textContent());
    assert.match(await visitor.text(), /総務課（入力済み）.*金曜まで/);
  });

  await t.test('a question is put to the prefecture', async () => {
    await visitor.visit('/answer/2026/inquiries/new?question=ind_00_1');
    await tabTo(page, await page.locator('label[for=text]').textContent());
    await page.keyboard.type('RPAの導入だけでも該当しますか。');
    await enter('質問を送る');
    assert.match(await visitor.text(), /RPAの導入だけでも該当しますか。.*県の回答待ち|県の回答待ち.*RPAの導入だけでも該当しますか。/);
  });

  await t.test('a workbook goes out, comes in and is decided', async () => {
    const file = `${installation.folder}/回答.xlsx`;
    await save(visitor, code, { org_6a: '4' });
    await visitor.visit('/answer/2026/workbook');
    await filledWorkbook(visitor, file, { '体-6': '9' }, async () => {
      await tabTo(page, 'ワークブックをダウンロードする');
      await page.keyboard.press('Enter');
    });
    await save(visitor, code, { org_6a: '7' }); // Somebody else, meanwhile.
    await visitor.visit('/answer/2026/workbook');
    const chooser = page.waitForEvent('filechooser'); // Well before the key: the browser must know that we wait.
    await tabTo(page, '記入したワークブック（.xlsx、10MBまで）');
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(file);
    await enter('違いを確認する');
    await tabTo(page, 'ワークブックにする');
    await page.keyboard.press('Space');
    await enter('保存する');
    assert.match(await visitor.text('[role=status]'), /ワークブックから 1 件の回答を保存しました。/);
    assert.deepEqual(await stored(visitor, code, 'org_6a'), { integer: 9 });
  });

  await t.test('approval is asked for, refused with a reason, asked for again and given', async () => {
    const approver = await arrive('kacho');
    await complete(visitor, code);
    const ask = async () => {
      await visitor.visit('/answer/2026/check');
      await enter('承認を依頼する');
    };
    await ask();
    await approver.visit('/answer/2026/check');
    await tabTo(approver.page, '差し戻す理由');
    await approver.page.keyboard.type('体-6の人数を確認してください。');
    await enter('庁内で差し戻す', approver);
    await visitor.visit('/answer/2026');
    assert.match(await visitor.text('#sent-back'), /体-6の人数を確認してください。/);
    await ask();
    await approver.visit('/answer/2026/check');
    await enter('承認して提出する', approver);
    await approver.visit('/answer/2026/receipt');
    assert.match(await approver.text('.receipt'), /受付番号 2026-022012-1 /);
    await approver.leave();
  });
  await visitor.leave();
});

/** Presses Tab until the element of that name has the focus; on the way every element shows that it has it. */
async function tabTo(page, name) {
  const way = [];
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const here = await focused(page);
    assert.ok(here.seen, `the focus is not to be seen on 「${here.name}」`);
    if (here.name === name.trim()) return;
    way.push(here.name);
  }
  assert.fail(`Tab does not lead to 「${name}」: ${way.join(' → ')}`);
}

/** The element with the focus: its label or text, and whether an outline within the window shows it. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom, width, height } = element.getBoundingClientRect();
    const within = bottom > 0 && top < innerHeight && width > 0 && height > 0;
    const seen = within && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 3;
    const name = element.labels?.[0]?.textContent || element.textContent || element.getAttribute('aria-label');
    return { name: (name ?? '').trim(), seen };
  });
}
