// What comes out of the printer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { picture } from './harness/screenshots.mjs';
import { Visitor } from './harness/visitor.mjs';

/** A4 without its margins, in CSS pixels. */
const PAPER = { width: 680, height: 1000 };
const NOT_PRINTED = '.site-nav, .site-account, .skip-link, .section-list, .save-status, .submit-form, button, a.button';

test('pages print', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  const printed = async (visitor, path) => {
    await visitor.visit(path);
    await visitor.page.emulateMedia({ media: 'print' });
    await visitor.page.setViewportSize(PAPER);
    await visitor.look();
    const shown = await visitor.page.locator(NOT_PRINTED).evaluateAll((all) => all
      .filter((element) => element.getClientRects().length > 0).map((element) => element.outerHTML));
    assert.deepEqual(shown, [], `${path}: nothing to press`);
    const { scrollWidth } = await visitor.page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth }));
    assert.ok(scrollWidth <= PAPER.width, `${path}: ${scrollWidth} pixels wide`);
    const pdf = await visitor.page.pdf({ format: 'A4', preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-', path);
    assert.match(await visitor.text('.demo-strip'), /デモデータ（架空の回答）/);
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  };

  await t.test('the answers for the decision, without anything to press', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login('m022063');
    await printed(visitor, '/answer/2026/check');
    await picture(visitor.page, 'print-check', { height: 1000 });
    await printed(visitor, '/answer/2026/receipt');
    await printed(visitor, '/answer/2026/print');
    await visitor.leave();
  });

  await t.test('a comparison, for whoever sees names and for whoever does not', async () => {
    for (const [account, path] of [['m022063', '/compare'], ['analyst', '/compare?municipality=022021']]) {
      const visitor = await Visitor.arrive(chrome, installation);
      await visitor.login(account);
      await printed(visitor, path);
      await printed(visitor, path.replace('/compare', '/compare/method'));
      await visitor.leave();
    }
  });

  await t.test('a section as a paper form, with every definition open', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login('m022039');
    await printed(visitor, '/answer/2026/industry');
    assert.deepEqual(await foldedAway(visitor.page), []);
    assert.ok(await visitor.page.getByText('この分野の項目は、商工業・サービス業').isVisible());
    await picture(visitor.page, 'print-section', { height: 1000 });
    await visitor.leave();
  });

  await t.test('the published results with tables unfolded', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await printed(visitor, '/');
    assert.deepEqual(await foldedAway(visitor.page), []);
    await printed(visitor, '/indicators');
    await printed(visitor, '/results/2025');
    await printed(visitor, '/results/2025/engaged.industry');
    assert.deepEqual(await foldedAway(visitor.page), []);
    await visitor.leave();
  });

  await t.test('the KPI ledger on one sheet', async () => {
    const officer = await Visitor.arrive(chrome, installation);
    await officer.login('officer');
    await officer.visit('/desk/kpi/copy-paper');
    await officer.page.locator('#frequency').selectOption('half-yearly');
    await officer.press('保存する');
    await officer.visit('/desk/kpi/copy-paper');
    for (const period of ['2024H1', '2024H2', '2025H1', '2025H2']) {
      await officer.page.locator(`[id="value.${period}"]`).fill('1200');
      await officer.page.locator(`[id="note.${period}"]`).fill('速報値（確報は翌年度に公表）');
    }
    await officer.press('値を保存する');
    await officer.leave();
    const visitor = await Visitor.arrive(chrome, installation);
    assert.equal(await printed(visitor, '/indicators/ledger'), 1, 'one page');
    assert.match(await visitor.text('.ledger-sheet'), /コピー用紙使用量（令和6年度上半期）：速報値/);
    await printed(visitor, '/roadmap');
    await visitor.leave();
  });

  await t.test('the annual report, part by part', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.login('officer');
    const pages = await printed(visitor, '/desk/2025/report');
    assert.ok(pages >= 8 && pages <= 25, `${pages} pages`);
    assert.deepEqual(await foldedAway(visitor.page), []);
    await picture(visitor.page, 'print-report', { height: 1000 });
    await visitor.leave();
  });
});

/** What is folded and takes no place on the page. */
function foldedAway(page) {
  return page.locator('details').evaluateAll((all) => all
    .filter((details) => details.checkVisibility())
    .filter((details) => !details.querySelector(':scope > :not(summary)').checkVisibility({ contentVisibilityAuto: true }))
    .map((details) => details.textContent));
}
