/** Pictures for the documents; only on request, so that ordinary runs leave the tree as it is. */

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const LARGEST = 400 * 1024;

/** Writes `docs/screenshots/NAME.png`: `height` pixels of the page, from its top or from the element `from`. */
export async function picture(page, name, { height, from = 'html' }) {
  if (process.env.SHIRABE_SCREENSHOTS !== '1') return;
  mkdirSync(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => document.activeElement?.blur()));
  const [top, bottom] = await page.evaluate((selector) => {
    const { y } = document.querySelector(selector).getBoundingClientRect();
    return [y + scrollY, document.documentElement.scrollHeight];
  }, from);
  const y = Math.max(0, Math.floor(top) - 16);
  const clip = { x: 0, y, width: page.viewportSize().width, height: Math.min(height, bottom - y) };
  const path = `${FOLDER}${name}.png`;
  await page.screenshot({ path, clip, fullPage: true, animations: 'disabled' });
  assert.ok(statSync(path).size < LARGEST, `${path} is too large`);
}
