// What a municipality learns in return, right after it has handed in.

import assert from 'node:assert/strict';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { complete } from './harness/response.mjs';
import { story } from './harness/steps.mjs';
import { Visitor } from './harness/visitor.mjs';

const CODE = '022047';
const RECEIPT = '/answer/2026/receipt';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  story(`handing in gives something back, ${mode.name}`, async (t, step) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    const arrive = async (account) => {
      const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
      await visitor.login(account);
      return visitor;
    };
    const [respondent, officer] = [await arrive(`m${CODE}`), await arrive('officer')];
    const { page } = respondent;
    const fits = async () => {
      for (const width of [320, 768, 1440]) {
        for (const colorScheme of ['light', 'dark']) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await measure(page), []);
          await respondent.look();
        }
      }
    };

    await step('the receipt follows the submission, with number, time and hash', async () => {
      await complete(respondent, CODE);
      await respondent.visit('/answer/2026/check');
      await respondent.press('提出する');
      assert.equal(new URL(page.url()).pathname, RECEIPT);
      assert.match(await respondent.text('.receipt'), /受付番号 2026-022047-1 .*黒石市 提出日時 \d{4}年\d+月\d+日（.） \d+:\d\d .*[0-9a-f]{64}/);
    });

    await step('the own place is among the nearest of the last finalized round, in sentences, strips and a table', async () => {
      const position = 'section[aria-labelledby=position]';
      assert.match(await respondent.text(position), /令和7年度（2025年度）の回答を、人口が最も近い7団体（.*）と比べました。/);
      assert.match(await respondent.text(position), /団体の中央値.*今回の回答では.*順位とこの比較は公表しません。/);
      assert.ok(await page.locator(`${position} svg`).first().isVisible());
    });

    await step('what changed since last year, and who already does what one plans', async () => {
      assert.match(await respondent.text('section[aria-labelledby=changes]'), /令和7年度から.*段階が変わらない取組は\d+です。/);
      const planned = await respondent.text('section[aria-labelledby=planned]');
      assert.match(planned, /検討中・予定の取組は\d+。すでに実施している団体/);
      assert.match(planned, /\d+団体のうち|秘匿/);
    });

    await step('a member of the council reads the names of those who already do it', async () => {
      const member = await arrive('m024121');
      await member.visit(RECEIPT);
      const planned = await member.text('section[aria-labelledby=planned]');
      assert.match(planned, /すでに実施している団体.*実施：\S+[市町村]/);
      assert.doesNotMatch(planned, /団体のうち|秘匿/);
      await member.leave();
    });

    await step('nothing of this round is told before it is closed', async () => {
      assert.doesNotMatch(await respondent.text(), /速報/);
      assert.equal(await page.locator('#provisional').count(), 0);
      await fits();
    });

    await step('after the closing this round’s figures are marked 速報', async () => {
      await officer.visit('/desk/2026');
      await officer.press('受付を締め切る');
      await respondent.visit(RECEIPT);
      const provisional = 'section[aria-labelledby=provisional]';
      assert.match(await respondent.text(provisional), /^速報 .*令和8年度（2026年度）.*県が確認している途中の回答を含みます。確定すると変わることがあります。/);
      assert.doesNotMatch(await respondent.text('section[aria-labelledby=position]'), /速報/);
      await fits();
    });

    await step('after the closing nothing can be changed, and the page says why', async () => {
      await respondent.visit('/answer/2026/organization');
      assert.match(await respondent.text('.notice'), /提出済み|受付は終了/);
      assert.equal(await page.locator('main :is(input, textarea, select):not([type=hidden])').count(), 0);
    });

    for (const visitor of [respondent, officer]) await visitor.leave();
  });
}
