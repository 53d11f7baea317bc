// What a page loads: little, and nothing from elsewhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { demonstration } from './harness/installation.mjs';
import { Visitor } from './harness/visitor.mjs';

test('pages load only what they need, from this host', async (t) => {
  const installation = await demonstration(t);
  const chrome = await browser(t);
  /** Paths of everything that a fresh visitor's browser asks for at that address. */
  const loaded = async (path, account) => {
    const visitor = await Visitor.arrive(chrome, installation);
    if (account) await visitor.login(account);
    const requests = [];
    visitor.page.on('request', (request) => requests.push(new URL(request.url())));
    await visitor.visit(path);
    await visitor.page.waitForLoadState('networkidle');
    await visitor.leave();
    assert.deepEqual([...new Set(requests.map(({ origin }) => origin))], [installation.url]);
    return requests.map(({ pathname }) => pathname);
  };

  for (const path of ['/', '/indicators', '/data', '/login']) {
    await t.test(`${path} needs no WebAssembly, and a script only for its pictures`, async () => {
      const paths = await loaded(path);
      const scripts = paths.filter((name) => /\.(js|mjs|wasm)$/.test(name));
      assert.ok(scripts.length <= (path === '/' ? 1 : 0), scripts.join());
      assert.ok(scripts.every((name) => /^\/assets\/picture-[0-9a-f]+\.js$/.test(name)), scripts.join());
      assert.ok(paths.some((name) => name.endsWith('.css')));
    });
  }

  await t.test('a section loads its script and WebAssembly once', async () => {
    const paths = await loaded('/answer/2026/organization', 'm022039');
    assert.equal(paths.filter((name) => name.endsWith('.wasm')).length, 1);
    assert.equal(paths.filter((name) => name.endsWith('.js')).length, 1);
  });

  await t.test('only the parts of the font that the page’s characters are in', async () => {
    const paths = await loaded('/');
    const fonts = paths.filter((name) => name.endsWith('.woff2'));
    const sheet = paths.find((name) => /\/fonts-[0-9a-f]+\.css$/.test(name));
    const all = (await (await fetch(`${installation.url}${sheet}`)).text()).match(/url\(/g).length;
    assert.ok(fonts.length > 2, 'the font is used');
    assert.ok(fonts.length < all / 2, `${fonts.length} of ${all}`);
    assert.equal(new Set(fonts).size, fonts.length, 'each once');
  });
});
