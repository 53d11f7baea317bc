/**
 * Times in Chromium: the section page's own handling of a change, and other form engines on the same expressions.
 *
 * Run by `cargo xtask bench logic`: `node browser.mjs PLAN` with a JSON file that holds `chromium` (the executable),
 * `peers` (a node_modules folder), `survey` (the synthetic form's survey.csv), and `demo` and `synthetic`, each with
 * `address`, `login`, `password` and `path` of a section page. Prints one line of JSON; times are in milliseconds, and
 * Chromium's clock has a resolution of 0.1 ms on these pages.
 */

import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { median, open, percentile, timeFirstQuestion, timeQuestions } from './page.mjs';
import { load, timePeer } from './peers.mjs';

/** Counted changes of the question on which everything depends. */
const CHANGES = 60;

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const browser = await chromium.launch({
  executablePath: plan.chromium,
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  const full = await fullQuestionnaire();
  const synthetic = await syntheticForm();
  const peers = await otherEngines();
  console.log(JSON.stringify({ chromium: browser.version(), full, synthetic, peers }));
} finally {
  await browser.close();
}

/** Every question of every section, and the slowest. */
async function fullQuestionnaire() {
  const { page } = await open(browser, plan.demo);
  const links = await page.locator('.section-list-items a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  const all = [];
  for (const path of links) all.push(...(await timeQuestions(page, plan.demo.address + path)));
  await page.context().close();
  const slowest = all.reduce((a, b) => (median(a.times) >= median(b.times) ? a : b));
  return {
    sections: links.length,
    questions: new Set(all.map(({ name }) => name)).size,
    median: median(all.map(({ times }) => median(times))),
    slowest: slowest.name,
    slowestMedian: median(slowest.times),
    p95: percentile(all.flatMap(({ times }) => times), 95),
  };
}

async function syntheticForm() {
  const { page, loaded } = await open(browser, plan.synthetic);
  const questions = await page.locator('[data-question]').count();
  const times = await timeFirstQuestion(page, CHANGES);
  await page.context().close();
  return { loaded, questions, median: median(times), p95: percentile(times, 95) };
}

/** Each engine in a page of its own, without drawing anything: what it works out, it keeps. */
async function otherEngines() {
  const form = readForm(readFileSync(plan.survey, 'utf8'));
  const results = {};
  for (const [name, version, source] of load(plan.peers)) {
    const page = await browser.newPage();
    await page.addScriptTag({ content: source });
    const { times, check } = await page.evaluate(timePeer, [name, form, CHANGES]);
    await page.close();
    results[name] = { version, median: median(times), p95: percentile(times, 95), check };
  }
  return results;
}

/** The generated sheet: only calculations are quoted, and they stand last. */
function readForm(sheet) {
  const form = { questions: [], calculations: [] };
  for (const line of sheet.split('\n')) {
    const cells = line.split(',');
    if (cells[0] === 'integer') form.questions.push({ name: cells[1], relevant: cells[8] });
    if (cells[0] === 'calculate') form.calculations.push({ name: cells[1], expression: /"(.*)"$/.exec(line)[1] });
  }
  return form;
}
