// Every page at every width, light and dark, and printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { picture } from './harness/screenshots.mjs';
import { Visitor } from './harness/visitor.mjs';

const WIDTHS = [320, 768, 1440];
const SCHEMES = ['light', 'dark'];

/** Who looks at what; 青森市 has not begun, 弘前市 is accepted, 十和田市 has handed in. */
const PAGES = {
  anonymous: ['/', '/indicators', '/data', '/login'],
  m022012: ['/answer/2026', '/answer/2026/industry', '/answer/2026/figures', '/answer/2026/cases', '/answer/2026/check'],
  m022063: ['/answer/2026', '/answer/2026/industry', '/answer/2026/check', '/answer/2026/receipt'],
  officer: ['/desk/2026', '/desk/2025', '/desk/2026/022063', '/desk/kpi/municipalities-engaged', '/indicators', '/data'],
};

/** Pages for the documents: whose, where, and under which name. */
const PICTURES = [
  ['anonymous', '/', 'public', 900],
  ['anonymous', '/indicators', 'indicators', 900],
  ['m022012', '/answer/2026', 'task-list', 900],
  ['m022012', '/answer/2026/industry', 'section', 1400],
  ['m022012', '/answer/2026/check', 'check', 900],
  ['m022063', '/answer/2026/receipt', 'receipt', 700],
  ['officer', '/desk/2026', 'desk', 1000],
];

/** Somebody in a window of that size, signed in unless anonymous. */
async function arrive(chrome, installation, who, window) {
  const visitor = await Visitor.arrive(chrome, installation, window);
  if (who !== 'anonymous') await visitor.login(who);
  return visitor;
}

/** Nothing is cut off or needs sideways scrolling; text in pictures can be read. */
async function fits(page, what) {
  const found = await page.evaluate(() => {
    const small = [...document.querySelectorAll('svg text')].filter((text) => {
      const svg = text.ownerSVGElement;
      const box = svg.getBoundingClientRect();
      if (!box.width || !text.getClientRects().length) return false;
      const scale = box.width / svg.viewBox.baseVal.width;
      return parseFloat(getComputedStyle(text).fontSize) * scale < 11.9;
    });
    return {
      width: document.documentElement.scrollWidth - window.innerWidth,
      small: small.map((text) => text.textContent),
      inline: document.querySelectorAll('[style]').length,
    };
  });
  assert.ok(found.width <= 0, `${what}: ${found.width} px wider than the window`);
  assert.deepEqual(found.small, [], `${what}: text below 12 px in a picture`);
  assert.equal(found.inline, 0, `${what}: style attributes`);
}

test('every page fits the window at 320, 768 and 1440 px, light and dark, and axe finds nothing', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  for (const [who, paths] of Object.entries(PAGES)) {
    for (const colorScheme of SCHEMES) {
      const visitor = await arrive(chrome, installation, who, { colorScheme, viewport: { width: 1440, height: 900 } });
      for (const path of paths) {
        for (const width of WIDTHS) {
          await visitor.page.setViewportSize({ width, height: 900 });
          await visitor.visit(path);
          await fits(visitor.page, `${path} at ${width} px, ${colorScheme}`);
        }
      }
      await visitor.leave();
    }
  }
});

test('the finding and the three bars are above the fold of the public page at 1440 × 900', async (t) => {
  const chrome = await browser(t);
  const visitor = await arrive(chrome, await demonstration(t), 'anonymous', { viewport: { width: 1440, height: 900 } });
  await visitor.visit('/');
  const bottom = await visitor.page.locator('main svg').first().evaluate((svg) => svg.getBoundingClientRect().bottom);
  assert.ok(bottom <= 900, `the bars end at ${bottom} px`);
});

test('the public page loads no script and no WebAssembly, and only the font files that its text needs', async (t) => {
  const chrome = await browser(t);
  const visitor = await Visitor.arrive(chrome, await demonstration(t));
  const loaded = [];
  visitor.page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await visitor.visit('/');
  assert.deepEqual(loaded.filter((path) => /\.(js|wasm)$/.test(path)), []);
  const fonts = loaded.filter((path) => path.endsWith('.woff2'));
  assert.ok(fonts.length > 0 && fonts.length < 120, `${fonts.length} font files`);
});

test('printed pages show the definitions and the answers, not the navigation', async (t) => {
  const chrome = await browser(t);
  const visitor = await arrive(chrome, await demonstration(t), 'm022063', {});
  for (const path of ['/answer/2026/check', '/answer/2026/receipt', '/']) {
    await visitor.visit(path);
    await visitor.page.emulateMedia({ media: 'print' });
    assert.equal(await visitor.page.locator('header nav').first().isVisible(), false, path);
    assert.ok(await visitor.page.locator('h1').isVisible(), path);
    assert.match(await visitor.text('body'), /デモデータ（架空の回答）/, path);
    assert.ok((await visitor.page.pdf({ format: 'A4' })).length > 10_000, path);
    await visitor.page.emulateMedia({ media: 'screen' });
  }
});

test('pages look as the documents show them', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  for (const [who, path, name, height] of PICTURES) {
    for (const width of [1440, 320]) {
      const visitor = await arrive(chrome, installation, who, { viewport: { width, height: 900 } });
      await visitor.visit(path);
      await picture(visitor.page, `${name}-${width}`, { height });
      await visitor.leave();
    }
  }
  const visitor = await arrive(chrome, installation, 'anonymous', { colorScheme: 'dark', viewport: { width: 1440, height: 900 } });
  await visitor.visit('/');
  await picture(visitor.page, 'public-dark', { height: 900 });
});
