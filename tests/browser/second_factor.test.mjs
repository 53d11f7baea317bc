// A code beside the password: set up, at the login, and on a page whose session has ended.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { PASSWORD, demonstration } from './harness/installation.mjs';
import { saved } from './harness/questionnaire.mjs';
import { stored } from './harness/response.mjs';
import { setSecondFactor } from './harness/second_factor.mjs';
import { Visitor } from './harness/visitor.mjs';

const CODE = '022012';
const REQUESTS = '/answer/2026/requests';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  test(`with a second factor nothing typed is lost either, ${mode.name}`, async (t) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
    const { page } = visitor;
    await visitor.login(`m${CODE}`);
    const codes = await setSecondFactor(visitor);
    await page.context().clearCookies();

    await visitor.login(`m${CODE}`);
    assert.match(page.url(), /\/login\/code/);
    await page.getByLabel('確認コード').fill('no code');
    await visitor.press('ログインする', { status: 422 });
    await page.getByLabel('確認コード').fill(codes[0]);
    await visitor.press('ログインする');
    assert.match(page.url(), /\/answer/);

    await visitor.visit(REQUESTS);
    await page.context().clearCookies();
    await page.locator('[name=free_2_text]').fill('二段階のあとで保存される');
    if (mode.live) {
      await page.getByText('ログインの有効期限が切れたか').waitFor();
      const field = page.getByLabel('確認コード');
      assert.ok(await field.isHidden());
      await page.getByLabel('パスワード').fill(PASSWORD);
      await page.getByRole('button', { name: 'ログインする' }).click();
      await page.getByText('確認コードが必要です。').waitFor();
      assert.ok(await page.getByLabel('パスワード').isHidden());
      await visitor.look({ status: '(401|422)' });
      await field.fill('no code');
      await page.getByRole('button', { name: 'ログインする' }).click();
      await page.getByText('確認コードが違うか').waitFor();
      assert.equal(await field.inputValue(), '');
      await field.fill(codes[1]);
      await page.getByRole('button', { name: 'ログインする' }).click();
      await saved(page, ['free_2_text']);
      visitor.forget(/status of (401|422)/);
    } else {
      await visitor.press('保存して一覧に戻る', { status: 401 });
      await page.getByLabel('パスワード').fill(PASSWORD);
      await visitor.press('ログインして保存を続ける', { status: 401 });
      await page.getByLabel('確認コード').fill(codes[1]);
      await visitor.press('ログインして保存を続ける');
      assert.match(page.url(), /\/answer\/2026$/);
    }
    assert.deepEqual(await stored(visitor, CODE, 'free_2_text'), { text: '二段階のあとで保存される' });
    await visitor.leave();
  });
}
