// From the check page to the receipt: the municipality's own approval, a return, and one's own place among others.

import assert from 'node:assert/strict';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { PASSWORD, demonstration } from './harness/installation.mjs';
import { answer } from './harness/questionnaire.mjs';
import { complete, save } from './harness/response.mjs';
import { story } from './harness/steps.mjs';
import { Visitor } from './harness/visitor.mjs';

/** With approval, and with an approver who switches it off. */
const [CODE, OTHER] = ['022012', '022047'];
const [CHECK, PRINT, RECEIPT] = ['check', 'print', 'receipt'].map((page) => `/answer/2026/${page}`);

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  story(`a response is approved, handed in, sent back and handed in again, ${mode.name}`, async (t, step) => {
    const installation = await demonstration(t, async (shirabe) => {
      for (const [login, name, code] of [['kacho', '課長 木村', CODE], ['bucho', '部長 三上', OTHER]]) {
        await shirabe(['user', 'add', login, '--name', name, '--role', 'approver', '--municipality', code], `${PASSWORD}\n`);
      }
    });
    const chrome = await browser(t, mode);
    const arrive = async (account) => {
      const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
      await visitor.login(account);
      return visitor;
    };
    const [respondent, approver, officer] = [await arrive(`m${CODE}`), await arrive('kacho'), await arrive('officer')];
    const { page } = respondent;

    await step('the check page says first what is missing, and every link comes back to it', async () => {
      await complete(respondent, CODE, { ind_00_1: '1', org_6a: '10' });
      await save(respondent, CODE, { org_1: [], num_1: [] });
      await respondent.visit(CHECK);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'problems');
      assert.match(await respondent.text('#problems'), /^提出する前に直すところが 2 件あります 体-1 .* 数-1 /);
      assert.match(await respondent.text(), /産-3 .*未回答/, 'what may stay blank is listed too');
      for (const [question, number, value] of [['org_1', '体-1', '1'], ['num_1', '数-1', '2']]) {
        await respondent.onwards(() => page.locator('#problems a', { hasText: number }).click());
        assert.ok(await page.locator(`#q-${question}`).isVisible());
        await answer(page, question, value);
        await respondent.press('保存して確認に戻る');
        assert.match(page.url(), /\/answer\/2026\/check/);
      }
      await complete(respondent, CODE);
      await respondent.visit(CHECK);
      assert.match(await respondent.text(), /必須の設問はすべて回答されています。/);
    });

    await step('it is printed for the decision', async () => {
      await respondent.follow('決裁用に印刷する');
      assert.equal(new URL(page.url()).pathname, PRINT);
      assert.match(await respondent.text(), /回答案（決裁用）.*決裁欄.*承認者.*体-1/);
      assert.match(await respondent.text('.paper-facts'), /[0-9a-f]{64}/);
    });

    await step('asked for approval it is read-only, and says why', async () => {
      await respondent.visit(CHECK);
      await respondent.press('承認を依頼する');
      assert.match(await respondent.text(), /承認を依頼しました。承認者：課長 木村/);
      await respondent.visit('/answer/2026/organization');
      assert.match(await respondent.text('.notice'), /承認/);
      assert.equal(await page.locator('main input:not([type=hidden])').count(), 0);
    });

    await step('the approver sends it back with a reason', async () => {
      await approver.visit(CHECK);
      await approver.press('庁内で差し戻す', { status: 422 });
      assert.match(await approver.text('.error-summary'), /差し戻す理由/);
      await approver.page.getByLabel('差し戻す理由').fill('体-6の人数を確認してください。');
      await approver.press('庁内で差し戻す');
      await respondent.visit('/answer/2026');
      assert.match(await respondent.text('#sent-back'), /課長 木村（承認者） 体-6の人数を確認してください。/);
    });

    await step('corrected and asked again, it is approved and handed in at one press', async () => {
      await respondent.visit('/answer/2026/organization?from=check');
      await answer(page, 'org_6a', '11');
      await respondent.press('保存して確認に戻る');
      await respondent.press('承認を依頼する');
      await approver.visit(CHECK);
      await approver.press('承認して提出する');
      await approver.visit(RECEIPT);
      assert.match(await approver.text('.receipt'), /受付番号 2026-022012-1 .*青森市.*[0-9a-f]{64}/);
      await respondent.visit('/answer/2026/organization');
      assert.equal(await page.locator('main input:not([type=hidden])').count(), 0);
    });

    await step('the officer sends back one question, with the reason', async () => {
      await officer.visit(`/desk/2026/${CODE}`);
      const row = officer.page.locator('#a-org_6a');
      await row.locator('summary').click();
      await row.getByLabel('この設問を差し戻す').check();
      await officer.press('差し戻す', { status: 422 });
      assert.match(await officer.text('.error-summary'), /理由/);
      assert.ok(await row.getByLabel('この設問を差し戻す').isChecked());
      await row.getByLabel('理由（市町村に伝わります）').fill('前年より大きく増えています。');
      await officer.press('差し戻す');
      assert.match(await officer.text('#corrections'), /まだ再提出されていません/);
    });

    await step('only that question is open again, and says why', async () => {
      await respondent.visit('/answer/2026');
      assert.match(await respondent.text('#returned'), /1 件.*体-6.*前年より大きく増えています。.*まだ変更していません/);
      await respondent.onwards(() => page.locator('#returned a', { hasText: '体-6' }).click());
      assert.match(await respondent.text('#q-org_6a .question-returned'), /県からの差戻し：前年より大きく増えています。/);
      assert.equal(await page.locator('[name=org_1]:not([type=hidden])').count(), 0);
      assert.match(await respondent.text('#q-org_1 .question-locked'), /差し戻した設問ではないため/);
      await answer(page, 'org_6a', '9');
      await respondent.press('保存して一覧に戻る');
      assert.match(await respondent.text('#returned'), /変更済み/);
    });

    await step('handed in again, the officer sees what changed', async () => {
      await respondent.visit(CHECK);
      await respondent.press('承認を依頼する');
      await approver.visit(CHECK);
      await approver.press('承認して提出する');
      await officer.visit(`/desk/2026/${CODE}`);
      assert.match(await officer.text('#corrections'), /再提出されました.*体-6 .*理由：前年より大きく増えています。 11人 9人 企画課（架空）/);
      await officer.press('受理する');
      assert.match(await officer.text('.facts'), /受理済み/);
    });

    await step('approval can be switched off, and then whoever answers hands in', async () => {
      const other = await arrive('bucho');
      await other.visit('/answer/2026');
      assert.match(await other.text('[aria-labelledby=approval-heading]'), /提出には承認者の承認が必要です。承認者：部長 三上/);
      await other.press('承認なしで提出できるようにする');
      assert.match(await other.text('[aria-labelledby=approval-heading]'), /承認なしで提出できます。/);
      await other.leave();
    });

    await step('a double click hands in once, and the receipt shows the own place among towns of like size', async () => {
      const other = await arrive(`m${OTHER}`);
      await complete(other, OTHER);
      await other.visit(CHECK);
      const button = other.page.getByRole('button', { name: '提出する', exact: true });
      await button.dblclick({ noWaitAfter: true });
      // The second press may end the navigation of the first.
      await other.page.waitForURL(`**${RECEIPT}`).catch(() => other.page.waitForURL(`**${RECEIPT}`));
      await other.page.waitForLoadState('networkidle');
      other.forget(/ERR_ABORTED/);
      await other.visit(RECEIPT);
      assert.match(await other.text('.receipt'), /受付番号 2026-022047-1 /);
      assert.match(await other.text('section[aria-labelledby=position]'), /人口が最も近い7団体（.*）と比べました。.*団体の中央値/);
      assert.match(await other.text(), /令和7年度から/);
      await officer.visit(`/desk/2026/${OTHER}`);
      assert.equal((await officer.text()).match(/提出しました（受付番号/g).length, 1);
      await other.leave();
    });

    for (const visitor of [respondent, approver, officer]) await visitor.leave();
  });
}
