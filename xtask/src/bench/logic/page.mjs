/** The real section page: one change, from the event to the end of the island's handling. Drawing comes after it. */

/** Changes of each question of the full questionnaire, in each of two passes. */
const CHANGES = 10;
const PATIENCE = 120_000;

/** Logs in and opens a section page; how long that took until its island answered, in milliseconds. */
export async function open(browser, { address, login, password, path }) {
  const context = await browser.newContext({ baseURL: address, locale: 'ja-JP', viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  page.on('pageerror', (error) => { throw error; });
  await page.goto('/login');
  await page.getByLabel('ログイン名').fill(login);
  await page.getByLabel('パスワード').fill(password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/login'), page.getByRole('button', { name: 'ログインする' }).click()]);
  const start = performance.now();
  await live(page, address + path);
  return { page, loaded: performance.now() - start };
}

/** Opens a page and waits until its island listens. */
async function live(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => performance.getEntriesByType('resource').some(({ name, responseEnd }) => name.endsWith('_bg.wasm') && responseEnd));
  await page.evaluate(define);
  await page.waitForFunction(() => window.bench.listens());
  await page.waitForFunction(() => window.bench.idle());
}

/**
 * Changes of the first question, on which everything in the synthetic form depends. With the others answered with 1, its
 * last question is asked only while the first is 2: that it comes and goes shows that all was worked out in the time.
 */
export function timeFirstQuestion(page, changes) {
  return page.evaluate(async (count) => {
    const [first, last] = [...document.querySelectorAll('[data-question]')].filter((_, place, all) => [0, all.length - 1].includes(place));
    const times = [];
    for (let turn = 0; turn <= count; turn += 1) {
      times.push(await window.bench.change(first.dataset.question, turn, (value) => {
        if (last.hidden !== (value === '1')) throw new Error(`the last question is wrong after ${value}`);
      }));
    }
    return times.slice(1);
  }, changes);
}

/** All questions of a section that are asked, once with the others answered one way and once another way. */
export async function timeQuestions(page, address) {
  await live(page, address);
  return page.evaluate(async (count) => {
    const results = [];
    for (const pass of [0, 1]) {
      for (const { dataset } of document.querySelectorAll('[data-question]')) {
        if (!window.bench.changeable(dataset.question)) continue;
        const times = [];
        for (let turn = 0; turn < count; turn += 1) times.push(await window.bench.change(dataset.question, turn + pass));
        results.push({ name: dataset.question, times });
      }
    }
    return results;
  }, CHANGES);
}

/** Runs in the page. */
function define() {
  const saved = (name) => document.querySelector(`#q-${CSS.escape(name)} [data-saved]`);
  const controls = (name) => [...document.getElementsByName(name)].filter((control) => control.value || control.matches('.text-field, .text-area, select'));
  const dispatch = (control) => {
    const start = performance.now();
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    return performance.now() - start;
  };
  /** What a person could type or tick, in two ways. */
  const put = (name, turn) => {
    const all = controls(name);
    const odd = turn % 2;
    const control = all[odd ? 0 : all.length - 1];
    if (control.type === 'radio') control.checked = true;
    else if (control.type === 'checkbox') control.checked = !control.checked;
    else if (control instanceof HTMLSelectElement) control.selectedIndex = odd ? 1 : control.options.length - 1;
    else if (control.classList.contains('text-field--number')) control.value = odd ? '2' : '1';
    else control.value = odd ? 'あ' : 'い';
    return control;
  };
  const settled = async (name) => {
    for (let tries = 0; tries < 2000; tries += 1) {
      if (saved(name)?.textContent !== '保存中…') return;
      await new Promise((resolve) => { setTimeout(resolve, 2); });
    }
    throw new Error(`${name} is not saved: ${saved(name)?.textContent}`);
  };
  window.bench = {
    /** Whether an event is handled: an input marks its question as unsaved. */
    listens() {
      const control = [...document.querySelectorAll('[data-question] .text-field, [data-question] input')].find(({ name, type }) => name && type !== 'hidden' && !name.includes('.'));
      if (!control) return true;
      const words = saved(control.name)?.textContent;
      control.dispatchEvent(new Event('input', { bubbles: true }));
      const listens = saved(control.name)?.textContent !== words;
      control.dispatchEvent(new Event('change', { bubbles: true }));
      return listens;
    },
    idle: () => [...document.querySelectorAll('[data-saved]')].every(({ textContent }) => textContent !== '保存中…'),
    changeable: (name) => controls(name).some((control) => !control.disabled && control.getClientRects().length),
    async change(name, turn, verify = () => {}) {
      const control = put(name, turn);
      const took = dispatch(control);
      verify(control.value);
      await settled(name);
      return took;
    },
  };
}

/** The upper one of the two in the middle when their number is even. */
export function median(values) {
  return percentile(values, 50);
}

/** The smallest value that so many percent do not exceed. */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}
