/** Pictures for the documents; only on request, so that ordinary runs leave the tree as it is. */

import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots/', import.meta.url));
const LARGEST = 400 * 1024;

/** Writes `docs/screenshots/NAME.png` of the window, or of the page down to `height` pixels. */
export async function picture(page, name, { height } = {}) {
  if (process.env.SHIRABE_SCREENSHOTS !== '1') return;
  mkdirSync(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => 0));
  await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
  const path = `${FOLDER}${name}.png`;
  const { width } = page.viewportSize();
  const full = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = height && { x: 0, y: 0, width, height: Math.min(height, full) };
  await page.screenshot({ path, clip, fullPage: Boolean(height), animations: 'disabled' });
  assert.ok(statSync(path).size < LARGEST, `${path} is too large`);
}
