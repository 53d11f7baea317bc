// The response as an Excel workbook: out, filled by somebody else, back in, decided, saved.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { save, stored } from './harness/response.mjs';
import { story } from './harness/steps.mjs';
import { Visitor } from './harness/visitor.mjs';
import { filledWorkbook, upload } from './harness/workbook.mjs';

const CODE = '022012';
const WORKBOOK = '/answer/2026/workbook';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  story(`a response is filled in Excel, ${mode.name}`, async (t, step) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
    const { page } = visitor;
    const file = `${installation.folder}/回答.xlsx`;
    await visitor.login(`m${CODE}`);
    await save(visitor, CODE, { org_1: '1', org_4: '1', org_6a: '4' });

    await step('it is downloaded, and others answer on the screen meanwhile', async () => {
      await visitor.follow('Excelで入力する');
      await filledWorkbook(visitor, file, { '体-1': '検討中', '体-4': null, '体-5': '専任部署あり', '体-6': '１，２３４人', '数-1': '多数' });
      await save(visitor, CODE, { org_2: '3', org_6a: '7' });
    });

    await step('a file that is no workbook is refused, with the reason', async () => {
      const text = `${installation.folder}/メモ.xlsx`;
      await writeFile(text, '回答です。');
      await upload(visitor, text, { status: 422 });
      assert.match(await visitor.text('.error-summary'), /ファイルを読み込めませんでした.*保存済みの回答は変わっていません。/);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'error-summary');
    });

    await step('what differs is shown side by side, and nothing is saved yet', async () => {
      await visitor.visit(WORKBOOK);
      await upload(visitor, file);
      assert.match(await visitor.text('#m-org_1'), /変更 体-1 .*策定済.*検討中/);
      assert.match(await visitor.text('#m-org_5'), /新しい回答 体-5 .*（空欄）.*専任部署あり/);
      assert.match(await visitor.text('#m-org_6a'), /両方で変更 体-6 .*4人.*7人.*企画課（架空）さん、.*1,234人/);
      assert.match(await visitor.text('#m-org_4'), /消去 体-4 /);
      assert.equal(await page.locator('#m-org_2').count(), 0, 'changed on the screen only');
      assert.match(await visitor.text('[aria-labelledby=unread-heading]'), /数-1/);
      assert.ok(await page.locator('#k-org_1-workbook').isChecked());
      assert.ok(await page.locator('#k-org_4-now').isChecked(), 'nothing is deleted by default');
      assert.equal(await page.locator('[name="org_6a.keep"]:checked').count(), 0, 'nobody decides for them');
      assert.deepEqual(await stored(visitor, CODE, 'org_1'), { choice: '1' });
      for (const width of [320, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 });
        assert.deepEqual(await measure(page), []);
        await visitor.look();
      }
    });

    await step('what both changed must be decided', async () => {
      await page.evaluate(() => { document.querySelector('main form').noValidate = true; });
      await visitor.press('保存する', { status: 422 });
      assert.match(await visitor.text('.error-summary'), /体-6 .*どちらの回答にするか選んでください。/);
      assert.equal(await stored(visitor, CODE, 'org_5'), undefined, 'nothing is saved by halves');
      await visitor.onwards(async () => {
        await page.locator('#k-org_6a-workbook').check();
        await page.getByRole('button', { name: '保存する', exact: true }).click();
      });
    });

    await step('what was decided is saved', async () => {
      assert.match(await visitor.text('[role=status]'), /ワークブックから 3 件の回答を保存しました。まだ提出はしていません。/);
      const now = await Promise.all(['org_1', 'org_2', 'org_4', 'org_5', 'org_6a'].map((name) => stored(visitor, CODE, name)));
      assert.deepEqual(now, [{ choice: '3' }, { choice: '3' }, { choice: '1' }, { choice: '1' }, { integer: 1234 }]);
    });

    await step('the same file again changes nothing more', async () => {
      await upload(visitor, file);
      for (const question of ['org_1', 'org_5', 'org_6a']) assert.equal(await page.locator(`#m-${question}`).count(), 0);
      assert.equal(await page.locator('#k-org_4-now:checked').count(), 1);
    });

    await visitor.leave();
  });
}
