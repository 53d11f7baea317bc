/** axe-core on whatever a page shows now. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails on any finding in the page. */
export async function accessible(page, what) {
  await page.evaluate(`if (!window.axe) { ${SOURCE} }; 0`);
  const findings = await page.evaluate(async (rules) => {
    const { violations } = await window.axe.run({ runOnly: rules, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
  }, RULES);
  assert.deepEqual(findings, [], `accessibility of ${what}`);
}

/** Where scripts do not run, axe cannot either: the same document, without its scripts, in a page where they do. */
export async function accessibleTwin(page, twin, what) {
  const html = (await page.content()).replace(/<script\b.*?<\/script>|<link[^>]+preload[^>]*>/gs, '');
  await twin.route(page.url(), (route) => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }));
  await twin.goto(page.url());
  await accessible(twin, what);
  await twin.unroute(page.url());
}
