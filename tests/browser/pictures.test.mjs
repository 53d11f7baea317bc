// What pictures say to a pointer and to the keyboard, and inside another site.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { Visitor } from './harness/visitor.mjs';

test('pictures', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);

  await t.test('a mark under the pointer and marks chosen by arrow keys say what they are', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.visit('/pictures/home/map');
    const { page } = visitor;
    const picture = page.locator('.picture');
    const words = page.locator('.picture-words');
    await page.locator('.chart-wide .mark').nth(3).hover();
    assert.match(await words.textContent(), /(分野|未提出)$/);
    await page.mouse.move(0, 0);
    await picture.focus();
    await page.keyboard.press('ArrowRight');
    const first = await words.textContent();
    await page.keyboard.press('ArrowRight');
    const second = await words.textContent();
    assert.notEqual(first, second);
    await page.keyboard.press('ArrowLeft');
    assert.equal(await words.textContent(), first);
    await page.keyboard.press('End');
    assert.equal(await page.locator('.mark--chosen').count(), 1);
    await page.keyboard.press('Escape');
    assert.equal(await words.textContent(), '');
    await visitor.look();
    await visitor.leave();
  });

  await t.test('a heading sorts the table and says so', async () => {
    const visitor = await Visitor.arrive(chrome, installation);
    await visitor.visit('/pictures/home/fields');
    await visitor.press('割合', { role: 'link' });
    assert.equal(await visitor.page.locator('th[aria-sort=descending]').count(), 1);
    await visitor.leave();
  });

  await t.test('another site shows a picture, and nothing else', async () => {
    const address = (path) => `${installation.url}${path}`;
    const site = createServer((_, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(`<!DOCTYPE html><title>x</title><iframe id="a" src="${address('/pictures/home/fields')}"></iframe>
        <iframe id="b" src="${address('/')}"></iframe><img src="${address('/pictures/home/fields.svg')}">`);
    });
    await new Promise((resolve) => { site.listen(0, '127.0.0.1', resolve); });
    t.after(() => site.close());
    const context = await chrome.newContext();
    const page = await context.newPage();
    await page.goto(`http://localhost:${site.address().port}/`);
    await page.frameLocator('#a').locator('h1').waitFor();
    // What the browser shows in its place has a heading of its own.
    assert.equal(await page.frameLocator('#b').getByText('市町村DXアンケート').count(), 0);
    assert.ok(await page.locator('img').evaluate((image) => image.naturalWidth > 700));
    await context.close();
  });
});
