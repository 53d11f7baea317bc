// Several officials fill one response, and a session ends in the middle of it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { PASSWORD, demonstration } from './harness/installation.mjs';
import { answer, saved } from './harness/questionnaire.mjs';
import { stored } from './harness/response.mjs';
import { Visitor } from './harness/visitor.mjs';

const CODE = '022012';
const [PLANNING, WELFARE] = [`m${CODE}`, 'fukushi'];
const ORGANIZATION = '/answer/2026/organization';
const REQUESTS = '/answer/2026/requests';
const TASKS = '/answer/2026/tasks';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  test(`two sections of a town hall fill one response, ${mode.name}`, async (t) => {
    const installation = await demonstration(t, async (shirabe) => {
      await shirabe(['user', 'add', WELFARE, '--name', '福祉課', '--role', 'respondent', '--municipality', CODE], `${PASSWORD}\n`);
    });
    const chrome = await browser(t, mode);
    const arrive = async (account, path) => {
      const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
      await visitor.login(account);
      await visitor.visit(path);
      return visitor;
    };

    await t.test('of two values of one question both are shown, with author and time, and one is chosen', async () => {
      const [planning, welfare] = [await arrive(PLANNING, ORGANIZATION), await arrive(WELFARE, ORGANIZATION)];
      await answer(welfare.page, 'org_6a', '12');
      if (mode.live) await saved(welfare.page, ['org_6a']);
      else await welfare.press('保存して一覧に戻る');
      await answer(planning.page, 'org_6a', '15');
      await answer(planning.page, 'org_2', '1');
      if (mode.live) await planning.page.locator('#q-org_6a [data-conflict]').waitFor();
      else await planning.press('保存して次へ', { status: 409 });
      const conflict = '#q-org_6a .question-conflict';
      assert.match(await planning.text(conflict), /どちらを残しますか。 ?福祉課 ?さんが ?(\d+年\d+月\d+日（.） )?\d+:\d\d ?に保存した値： ?12人/);
      assert.equal(await planning.page.locator('[name=org_6a]').inputValue(), '15');
      assert.deepEqual(await stored(planning, CODE, 'org_6a'), { integer: 12 });
      if (mode.live) {
        await saved(planning.page, ['org_2']);
        await planning.page.locator(conflict).getByRole('button', { name: 'この画面の回答に置き換える' }).click();
        await saved(planning.page, ['org_6a']);
      } else {
        await planning.page.locator(conflict).getByLabel('この画面の回答に置き換える').check();
        await planning.press('保存して次へ');
      }
      assert.deepEqual(await stored(planning, CODE, 'org_6a'), { integer: 15 });
      assert.deepEqual(await stored(planning, CODE, 'org_2'), { choice: '1' }, 'what nobody disputes is saved');
      await planning.look({ status: 409 });
      await planning.leave();
      await welfare.leave();
    });

    await t.test('after the end of a session the typed text is saved with the password, and by nobody else', async () => {
      const planning = await arrive(PLANNING, REQUESTS);
      const { page } = planning;
      const text = '1行目</textarea>\n㈱髙﨑「引用」';
      await planning.context.clearCookies();
      await page.locator('[name=free_2_text]').fill(text);
      if (mode.live) await page.getByText('ログインの有効期限が切れたか').waitFor();
      else await planning.press('保存して一覧に戻る', { status: 401 });
      await planning.look({ status: 401 });
      assert.equal(await page.locator('[name=free_2_text]').inputValue(), text, 'what was typed is on the page');
      assert.equal(await page.getByLabel('ログイン名').inputValue(), PLANNING);
      await page.getByLabel('パスワード').fill(PASSWORD);
      if (mode.live) {
        await page.getByRole('button', { name: 'ログインする' }).click();
        await saved(page, ['free_2_text']);
      } else {
        await planning.press('ログインして保存を続ける');
        assert.match(page.url(), /\/answer\/2026$/);
      }
      assert.deepEqual(await stored(planning, CODE, 'free_2_text'), { text });
      planning.forget(/status of 401/);
      await planning.leave();
    });

    await t.test('Back after saving shows what was saved, and saving it again overwrites nothing', async () => {
      const planning = await arrive(PLANNING, ORGANIZATION);
      const { page } = planning;
      await answer(page, 'org_3', '3');
      await planning.press('保存して次へ');
      assert.match(page.url(), /\/industry$/);
      await page.goBack();
      await page.waitForLoadState();
      assert.ok(await page.locator('[name=org_3][value="3"]').isChecked());
      await answer(page, 'org_5', '2');
      await planning.press('保存して次へ');
      assert.deepEqual(await stored(planning, CODE, 'org_3'), { choice: '3' });
      assert.deepEqual(await stored(planning, CODE, 'org_5'), { choice: '2' });
      await planning.leave();
    });

    await t.test('sections are shared out, and the one who gathers sees how far they are', async () => {
      const [planning, welfare] = [await arrive(PLANNING, TASKS), await arrive(WELFARE, TASKS)];
      const share = async (visitor, assignee, comment, expected) => {
        const form = visitor.page.locator('#edit-living');
        await form.getByLabel('担当（課名・氏名）').fill(assignee);
        await form.getByLabel('連絡事項').fill(comment);
        await visitor.onwards(() => form.getByRole('button', { name: /^保存する/ }).click(), expected);
      };
      await share(planning, '福祉課', '金曜までにお願いします');
      assert.match(await planning.text('.tasks tbody tr:nth-child(3)'), /暮らし・まち 福祉課.*金曜までにお願いします/);
      await share(welfare, '教育課', '', { status: 409 });
      assert.match(await welfare.text('.error-summary'), /ほかの人が先に変更しました。/);
      assert.match(await welfare.text('#edit-living'), /企画課（架空）さんが .* に変更した内容： ?福祉課/);
      assert.equal(await welfare.page.getByLabel('担当（課名・氏名）').nth(2).inputValue(), '教育課');
      await welfare.visit('/answer/2026');
      const task = welfare.page.locator('.task', { hasText: '暮らし・まち' });
      assert.match(await task.innerText(), /担当：福祉課（依頼中）[^]*金曜までにお願いします/);
      await welfare.onwards(() => task.getByRole('button', { name: /入力済みにする/ }).click());
      await planning.visit(TASKS);
      assert.match(await planning.text('.tasks tbody tr:nth-child(3)'), /福祉課（?.*入力済み/);
      await planning.onwards(() => planning.page.locator('.tasks a[href="/answer/2026/tasks/living"]').click());
      assert.match(await planning.text(), /福祉課.*暮らし・まち/);
      await planning.leave();
      await welfare.leave();
    });
  });
}
