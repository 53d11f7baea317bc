// The API's description as a page, and personal tokens: everything from this site, nothing forbidden by its policy.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, WITHOUT_SCRIPTS } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { Visitor } from './harness/visitor.mjs';

test('the API is described, tried out and given to a program', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);

  await t.test('every operation is listed by Swagger UI without a word of the policy against it', async () => {
    // axe judges our own pages; Swagger UI's colours and roles are its own.
    const visitor = await Visitor.arrive(chrome, installation, { seen: true });
    const { page } = visitor;
    await visitor.visit('/api/docs');
    const document = await (await fetch(`${installation.url}/api/v1/openapi.json`)).json();
    const operations = Object.values(document.paths).flatMap((path) => Object.keys(path));
    await page.locator('.opblock').nth(operations.length - 1).waitFor();
    assert.equal(await page.locator('.opblock').count(), operations.length);
    // Opened, tried out and answered.
    const rounds = page.locator('.opblock', { has: page.locator('[data-path="/api/v1/rounds"]') });
    await rounds.locator('.opblock-summary-control').click();
    await rounds.getByRole('button', { name: 'Try it out' }).click();
    await rounds.getByRole('button', { name: 'Execute' }).click();
    await rounds.locator('.live-responses-table').waitFor();
    assert.match(await rounds.locator('.live-responses-table').innerText(), /令和8年度/);
    await visitor.look();
    await visitor.leave();
  });

  await t.test('a token is made, copied and ended', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    const { page } = visitor;
    await visitor.login('analyst');
    await visitor.visit('/data');
    await visitor.follow('APIトークン');
    await page.getByLabel('名前').fill('集計用のPC');
    await visitor.press('トークンを作る', { status: 201 });
    const token = await page.getByLabel('トークン', { exact: true }).inputValue();
    const asked = (path) => fetch(`${installation.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal((await asked('/data/2026/answers.csv?scope=all')).status, 200);
    await visitor.visit('/tokens');
    await visitor.press('取り消す ：集計用のPC');
    assert.equal((await asked('/api/v1/rounds')).status, 401);
    await visitor.leave();
  });
});

test('without scripts the document is one link away, and tokens are made', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t, WITHOUT_SCRIPTS);
  const visitor = await Visitor.arrive(chrome, installation, { mode: WITHOUT_SCRIPTS, seen: true });
  await visitor.page.goto('/api/docs');
  assert.match(await visitor.text(), /一覧の表示にはJavaScriptが必要です/);
  assert.equal(await visitor.page.locator('a[href="/api/v1/openapi.json"]').count(), 1);
  await visitor.login('analyst');
  await visitor.page.goto('/tokens');
  await visitor.page.getByLabel('名前').fill('集計用のPC');
  await visitor.press('トークンを作る', { status: 201 });
  assert.match(await visitor.text(), /この画面でだけ表示されます/);
  await visitor.leave();
});
