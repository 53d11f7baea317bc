// A municipality among others: chosen by plain forms, everything in the address, one sheet of paper.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, WITHOUT_SCRIPTS } from './harness/browser.mjs';
import { demonstration, PASSWORD } from './harness/installation.mjs';
import { Visitor } from './harness/visitor.mjs';

test('comparisons', async (t) => {
  const installation = await demonstration(t, async (shirabe) => {
    const member = ['--role', 'respondent', '--role', 'member', '--municipality', '022021'];
    await shirabe(['user', 'add', 'hirosaki-member', '--name', '企画課（会員）', ...member], `${PASSWORD}\n`);
  });
  const chrome = await browser(t);

  await t.test('whom and what is compared is chosen without scripts and stands in the address', async () => {
    const visitor = await Visitor.arrive(chrome, installation, { mode: WITHOUT_SCRIPTS, seen: true });
    await visitor.login('hirosaki-member');
    await visitor.visit('/compare');
    const { page } = visitor;
    await page.getByLabel('市町村', { exact: true }).selectOption({ label: '八戸市' });
    await page.getByLabel('比較グループ', { exact: true }).selectOption('kind');
    await visitor.press('比べる');
    const address = new URL(page.url());
    assert.deepEqual([address.searchParams.get('municipality'), address.searchParams.get('group')], ['022039', 'kind']);
    assert.match(await visitor.text('h1'), /^八戸市は、ほかの市の9団体と比べて/);
    // The same address says the same to whoever may see it.
    const said = await visitor.text('section[aria-labelledby=strips]');
    await visitor.visit(address.pathname + address.search);
    assert.equal(await visitor.text('section[aria-labelledby=strips]'), said);
    await visitor.leave();
  });

  await t.test('weights are tried out and put back', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login('hirosaki-member');
    await visitor.visit('/compare?group=band');
    const { page } = visitor;
    const usual = await visitor.text('section[aria-labelledby=maturity]');
    await page.getByText('重み、物差し、平均を選ぶ').click();
    await page.getByLabel('産業・しごと（分野の重み）').fill('50');
    await page.getByLabel('行政経営（分野の重み）').fill('0');
    await visitor.press('試す');
    assert.equal(new URL(page.url()).searchParams.get('w.industry'), '50');
    assert.equal(new URL(page.url()).searchParams.get('group'), 'band');
    await visitor.follow('重みと計算の仕方を元に戻す');
    assert.equal(await visitor.text('section[aria-labelledby=maturity]'), usual);
    await visitor.leave();
  });

  await t.test('a selection is kept under a name, found again and removed', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login('hirosaki-member');
    await visitor.visit('/compare?group=chosen&peer=022012&peer=022047');
    const { page } = visitor;
    await page.getByText('保存した比較グループ').click();
    await visitor.press('保存する', { status: 422 });
    await page.getByLabel('いまの比較グループを保存する名前').fill('近隣');
    await visitor.press('保存する');
    await visitor.visit('/compare');
    await page.getByText('保存した比較グループ').click();
    await visitor.follow('近隣');
    assert.match(await visitor.text('h1'), /^弘前市は、選んだ2団体と比べて/);
    await page.getByText('保存した比較グループ').click();
    await visitor.press('「近隣」を消す');
    assert.equal(await page.getByRole('link', { name: '近隣', exact: true }).count(), 0);
    await visitor.leave();
  });

  await t.test('the handout is one page of A4', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login('hirosaki-member');
    for (const query of ['', '?rows=question&group=kind', '?rows=field']) {
      await visitor.visit(`/compare/handout${query}`);
      await visitor.page.emulateMedia({ media: 'print' });
      const pdf = await visitor.page.pdf({ format: 'A4', preferCSSPageSize: true });
      const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g);
      assert.equal(pages?.length, 1, query);
      await visitor.page.emulateMedia({ media: 'screen' });
    }
    await visitor.leave();
  });
});
