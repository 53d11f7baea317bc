/** Chromium in the three ways in which municipalities meet the platform. */

import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Everything on. */
export const LIVE = { name: 'WebAssembly on', live: true, scripts: true, arguments: [] };
/** As with the policy that forbids compiling scripts: WebAssembly does not exist. */
export const WITHOUT_WASM = {
  name: 'WebAssembly off',
  live: false,
  scripts: true,
  arguments: ['--js-flags=--jitless'],
};
/** No script runs at all. */
export const WITHOUT_SCRIPTS = { name: 'JavaScript off', live: false, scripts: false, arguments: [] };

/** A browser in the given mode that ends with the test. */
export async function browser(t, mode = LIVE) {
  const chrome = await chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...mode.arguments] });
  t.after(() => chrome.close());
  if (mode.scripts) {
    const page = await chrome.newPage();
    const wasm = await page.evaluate(() => typeof WebAssembly);
    assert.equal(wasm, mode.live ? 'object' : 'undefined', mode.name);
    await page.close();
  }
  return chrome;
}
