// The results question by question: found, filtered and read, with and without scripts.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, LIVE, WITHOUT_SCRIPTS } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { Visitor } from './harness/visitor.mjs';

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  test(`a question's results are found and narrowed, ${mode.name}`, async (t) => {
    const installation = await demonstration(t);
    const chrome = await browser(t, mode);
    const visitor = await Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
    const { page } = visitor;

    await t.test('from the public page to the index, and by words to one question', async () => {
      await visitor.visit('/');
      await visitor.follow('設問ごとの結果を見る');
      assert.equal(new URL(page.url()).pathname, '/results/2025');
      await page.getByLabel('設問を言葉で探す').fill('産業・しごと分野のDX');
      await visitor.press('探す');
      assert.match(await visitor.text(), /に当てはまる設問は、\d+問のうち\d+問です/);
      await visitor.follow('産業・しごと分野のDXに取り組んでいますか。');
      assert.match(await visitor.text('h1'), /40市町村のうち/);
    });

    await t.test('the filter stands in the address and on every picture of the page', async () => {
      await page.getByLabel('地域', { exact: true }).selectOption({ label: '三八' });
      await page.getByLabel('市町村の別', { exact: true }).selectOption({ label: '町' });
      await visitor.press('絞り込む');
      const { searchParams } = new URL(page.url());
      assert.deepEqual([searchParams.get('region'), searchParams.get('kind')], ['sanpachi', 'town']);
      assert.match(await visitor.text('h1'), /三八・町の/);
      assert.equal(await page.getByLabel('地域', { exact: true }).inputValue(), 'sanpachi');
      const earlier = page.getByLabel('年度', { exact: true }).getByRole('link', { name: '令和6年度' });
      await visitor.onwards(() => earlier.click());
      assert.match(await visitor.text('h1'), /三八・町の/);
      await visitor.follow('すべての市町村に戻す');
      assert.match(await visitor.text('h1'), /40市町村のうち/);
    });

    await t.test('every picture has its table below it and what it says in words', async () => {
      const exhibits = await page.locator('.exhibit').all();
      assert.ok(exhibits.length >= 4, String(exhibits.length));
      for (const exhibit of exhibits) {
        assert.ok(await exhibit.locator('h2').innerText());
        assert.ok(await exhibit.locator('table caption').count());
        for (const picture of await exhibit.locator('svg[role=img]').all()) {
          assert.ok(await picture.locator(':scope > title').textContent());
          assert.ok(await picture.locator(':scope > desc').textContent());
        }
      }
    });

    await t.test('a filter that would tell single answers is refused in words', async () => {
      await visitor.visit('/results/2025/industry.tourism.data?region=tosei&kind=town');
      assert.match(await visitor.text(), /この条件では表示できません。条件を減らしてください/);
    });
    await visitor.leave();
  });
}
