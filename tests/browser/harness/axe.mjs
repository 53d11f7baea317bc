/** axe-core on whatever a page shows now. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What was looked at already. Other words in the same elements change nothing that axe could find. */
const seen = new Set();

/** Fails on any finding in the page. */
export async function accessible(page, what) {
  const elements = await page.evaluate(describe);
  if (seen.has(elements)) return;
  await page.evaluate(`if (!window.axe) { ${SOURCE} }; 0`);
  const findings = await page.evaluate(async (rules) => {
    // What is printed has nothing to press.
    const pressed = { 'target-size': { enabled: !matchMedia('print').matches } };
    const { violations } = await window.axe.run({ runOnly: rules, rules: pressed, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
  }, RULES);
  assert.deepEqual(findings, [], `accessibility of ${what}`);
  seen.add(elements);
}

/** The window and every element with all but its words: names of attributes, and the values that have meaning. */
function describe() {
  const meaningful = /^(class|role|type|id|for|lang|aria-.*)$/;
  const elements = [...document.querySelectorAll('*')].map((element) => {
    const attributes = [...element.attributes].map(({ name, value }) => (meaningful.test(name) ? `${name}=${value}` : name));
    return `${element.tagName} ${attributes.join(' ')} ${element.textContent === ''}`;
  });
  return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, ...elements].join('\n');
}
