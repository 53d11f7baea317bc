// What is known already is not typed again: last year's answers, and what changed much.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { answer, pressBeside, saved } from './harness/questionnaire.mjs';
import { stored } from './harness/response.mjs';
import { Visitor } from './harness/visitor.mjs';

/** Last year 208 procedures were online and 4,043 hours were saved; this year nothing of 数値 is answered. */
const CODE = '022039';
/** Has not begun. */
const UNTOUCHED = '022012';
const FIGURES = '/answer/2026/figures';
const CASES = '/answer/2026/cases';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  test(`what is known is not asked twice, ${mode.name}`, async (t) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    /** The municipality's respondent on that page. */
    const respondent = async (code, path) => {
      const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
      await visitor.login(`m${code}`);
      await visitor.visit(path);
      return visitor;
    };
    /** Saves what was typed: with WebAssembly that happens by itself. */
    const keep = async (visitor, path, questions) => {
      if (mode.live) {
        await saved(visitor.page, questions);
        return;
      }
      await visitor.press('保存して一覧に戻る');
      await visitor.visit(path);
    };

    await t.test('「前年と同じ」 takes over one answer and saves it', async () => {
      const visitor = await respondent(CODE, FIGURES);
      assert.match(await visitor.text('#q-num_1 .question-last-year'), /^前年（令和7年度）の回答：208件/);
      await pressBeside(visitor, 'same', 'num_1');
      assert.equal(await visitor.page.locator('[name=num_1]').inputValue(), '208');
      assert.deepEqual(await stored(visitor, CODE, 'num_1'), { integer: 208 });
      assert.equal(await stored(visitor, CODE, 'num_5'), undefined, 'no other');
      await visitor.leave();
    });

    await t.test('for a section it fills what is unanswered, says how many, and names what is left', async () => {
      const visitor = await respondent(CODE, FIGURES);
      const offered = /未回答の設問：(\d+)問/.exec(await visitor.text('.section-same'))[1];
      await answer(visitor.page, 'num_2', '85');
      await keep(visitor, FIGURES, ['num_2']);
      await visitor.press('この章の未回答をすべて前年と同じにする');
      const said = await visitor.text('#copied');
      assert.match(said, new RegExp(`未回答だった${Number(offered) - 1}問に前年の回答を入れました。.*確認してください。`));
      assert.match(said, /次の設問は、.*未回答のままです。.*数-3/);
      assert.equal(await visitor.page.locator('[name=num_2]').inputValue(), '85', 'what was answered stays');
      assert.deepEqual(await stored(visitor, CODE, 'num_5'), { integer: 4043 });
      await visitor.leave();
    });

    await t.test('a number that changed much asks for a reason and hinders nothing', async () => {
      const visitor = await respondent(CODE, FIGURES);
      const { page } = visitor;
      const [warning, reason] = [page.locator('#s-num_5'), page.locator('[name="num_5.reason"]')];
      assert.ok(await warning.isHidden() && await reason.isHidden());
      await answer(page, 'num_5', '９，０００');
      await keep(visitor, FIGURES, ['num_5']);
      await warning.waitFor({ state: 'visible' });
      assert.match(await warning.innerText(), /確認してください：.*50％を超えて変わっています。.*理由を記入してください。/);
      assert.equal(await page.locator('[name=num_5]').inputValue(), mode.live ? '９，０００' : '9000');
      await visitor.look();
      await visitor.visit('/answer/2026/check');
      assert.match(await visitor.text('#doubts'), /このままでも提出できます。.*数-5/);
      assert.doesNotMatch(await visitor.text('#problems'), /数-5/);
      await visitor.onwards(() => page.locator('#doubts a', { hasText: '数-5' }).click());
      await reason.fill('新しい業務に広げたため');
      await visitor.press('保存して確認に戻る');
      assert.match(await visitor.text(), /新しい業務に広げたため/);
      assert.deepEqual(await stored(visitor, CODE, 'num_5'), { integer: 9000 });
      await visitor.leave();
    });

    await t.test('another example is added, up to three', async () => {
      const visitor = await respondent(UNTOUCHED, CASES);
      const { page } = visitor;
      const [second, third] = ['2', '3'].map((number) => page.getByText(`もう1件追加する（${number}件目）`));
      const names = page.locator('[data-question^="free_1_name"]:visible');
      const fillNext = async (title) => {
        const question = await names.last().getAttribute('data-question');
        await answer(page, question, title);
        await keep(visitor, CASES, [question]);
      };
      assert.equal(await names.count(), 1);
      await fillNext('書かない窓口');
      await second.click();
      assert.equal(await names.count(), 2);
      await fillNext('オンライン申請');
      await visitor.visit(CASES);
      assert.equal(await names.count(), 2, 'an answered one is not folded away');
      await third.click();
      await fillNext('庁内チャット');
      await visitor.visit(CASES);
      assert.equal(await page.getByText('もう1件追加する').count(), 0, 'three are the most');
      const titles = await names.locator('input[type=text]').evaluateAll((all) => all.map((input) => input.value));
      assert.deepEqual(titles, ['書かない窓口', 'オンライン申請', '庁内チャット']);
      await visitor.leave();
    });
  });
}
