// Questions between municipality and prefecture, and an answer that all may read.

import assert from 'node:assert/strict';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { story } from './harness/steps.mjs';
import { Visitor } from './harness/visitor.mjs';

const INDUSTRY = '/answer/2026/industry';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  story(`a question finds its answer, ${mode.name}`, async (t, step) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    const arrive = async (account) => {
      const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
      await visitor.login(account);
      return visitor;
    };
    const [hachinohe, misawa, officer] = [await arrive('m022039'), await arrive('m022071'), await arrive('officer')];

    await step('the municipality asks beside the question, in a tab of its own', async () => {
      await hachinohe.visit(INDUSTRY);
      const link = hachinohe.page.locator('#q-ind_00_1 .question-inquiry a');
      assert.equal(await link.getAttribute('target'), '_blank');
      await hachinohe.visit(await link.getAttribute('href'));
      assert.match(await hachinohe.text('.facts'), /産-1/);
      await hachinohe.press('質問を送る', { status: 422 });
      assert.match(await hachinohe.text('.error-summary'), /内容を入力してください。/);
      await hachinohe.page.locator('#text').fill('RPAの導入だけでも\n「取り組んでいる」ですか。');
      await hachinohe.press('質問を送る');
      assert.match(await hachinohe.text(), /県の回答待ち/);
    });

    await step('the officer finds it, answers, and gives the answer to everybody', async () => {
      await officer.visit('/desk/2026/inquiries');
      const row = officer.page.locator('tbody tr', { hasText: '八戸市' });
      assert.match(await row.innerText(), /県の回答待ち/);
      await officer.onwards(() => row.getByRole('link').click());
      assert.equal(await officer.page.locator('.message-text').innerText(), 'RPAの導入だけでも\n「取り組んでいる」ですか。');
      await officer.page.locator('#text').fill('はい。含みます。');
      await officer.press('返信を送る');
      assert.match(await officer.text(), /市町村の回答待ち/);
      await officer.page.getByText('すべての市町村へのQ&Aにする').click();
      assert.match(await officer.page.locator('#asked').inputValue(), /RPAの導入だけでも/);
      await officer.page.locator('#asked').fill('RPAの導入だけの場合はどう答えますか。');
      await officer.page.locator('#answer').fill('「取り組んでいる」を選んでください。');
      await officer.press('Q&Aを公開する');
      assert.match(await officer.text(), /RPAの導入だけの場合はどう答えますか。/);
    });

    await step('another municipality reads it beside the question and nothing of the talk', async () => {
      await misawa.visit(INDUSTRY);
      const question = misawa.page.locator('#q-ind_00_1');
      await question.getByText('この設問のQ&A（1件）').click();
      assert.match(await misawa.text('#q-ind_00_1 .advice'), /問 ?RPAの導入だけの場合は.* 答 ?「取り組んでいる」を選んで/);
      assert.doesNotMatch(await misawa.text('#q-ind_00_1'), /はい。含みます。/);
      await misawa.look();
      await misawa.visit('/answer/2026/inquiries');
      assert.match(await misawa.text(), /まだやりとりはありません。/);
      await misawa.visit(new URL(hachinohe.page.url()).pathname, { status: 404 });
    });

    await step('the one who asked is told, reads the answer and closes the talk', async () => {
      await hachinohe.visit(INDUSTRY);
      assert.match(await hachinohe.text('#q-ind_00_1 .question-inquiry'), /県からの確認があります.*やりとり中 1件/);
      await hachinohe.visit('/answer/2026/inquiries');
      await hachinohe.onwards(() => hachinohe.page.locator('tbody a').click());
      assert.match(await hachinohe.text('.messages'), /はい。含みます。/);
      await hachinohe.press('完了にする');
      assert.match(await hachinohe.text(), /完了にしました。/);
      await officer.visit('/desk/2026/inquiries');
      assert.match(await officer.text('tbody tr'), /完了/);
    });

    await step('what holds for the whole form stands where everybody begins, and among the talks', async () => {
      await officer.visit('/desk/2026/advice');
      await officer.page.locator('#asked').fill('基準日より後の取組も含めますか。');
      await officer.page.locator('#answer').fill('含めません。');
      await officer.press('Q&Aを公開する');
      for (const path of ['/answer/2026', '/answer/2026/inquiries']) {
        await misawa.visit(path);
        await misawa.page.getByText('調査票の全体のQ&A（1件）').click();
        assert.match(await misawa.text('.advice'), /問 ?基準日より後の取組も含めますか。 答 ?含めません。/);
        await misawa.look();
      }
      await officer.visit('/desk/2026/advice');
      const entry = officer.page.locator('.message', { hasText: '基準日より後の取組' });
      await officer.onwards(() => entry.getByRole('button', { name: '取り下げる' }).click());
      await misawa.visit('/answer/2026');
      assert.equal(await misawa.page.locator('.advice').count(), 0);
    });

    await step('a Q&A that was withdrawn is seen by nobody', async () => {
      await officer.visit('/desk/2026/advice');
      await officer.press('取り下げる');
      assert.match(await officer.text(), /（取り下げ済み）/);
      await misawa.visit(INDUSTRY);
      assert.equal(await misawa.page.locator('#q-ind_00_1 .advice').count(), 0);
    });

    for (const visitor of [hachinohe, misawa, officer]) await visitor.leave();
  });
}
