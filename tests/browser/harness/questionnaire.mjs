/** Filling the form as a person does: by what the page shows. */

import assert from 'node:assert/strict';

/** The visible questions of the section: name, whether it must be answered, whether it is, and how. */
export function visibleQuestions(page) {
  return page.evaluate(() => {
    const visible = (element) => element.getClientRects().length > 0;
    const kindOf = (control) => {
      if (control instanceof HTMLTextAreaElement) return 'text';
      if (control.type !== 'text') return control.type;
      return control.classList.contains('text-field--number') ? 'number' : 'text';
    };
    return [...document.querySelectorAll('[data-question]')].filter(visible).flatMap((question) => {
      const name = question.dataset.question;
      const controls = [...document.getElementsByName(name)];
      if (!controls.length) return [];
      const kind = kindOf(controls[0]);
      const chosen = controls.filter((control) => (control.checked ?? false) && control.value);
      const choices = controls.map((control) => control.value).filter(Boolean);
      const answered = kind === 'radio' || kind === 'checkbox' ? chosen.length > 0 : controls[0].value !== '';
      const required = question.querySelector('[data-mark]')?.textContent === '※必須';
      return [{ name, kind, required, answered, choices }];
    });
  });
}

/** Answers one question: a choice's name, an array of them, or a text. */
export async function answer(page, name, value) {
  const control = page.locator(`[name="${name}"]`);
  if (/^(radio|checkbox)$/.test(await control.first().getAttribute('type'))) {
    for (const choice of [value].flat()) await page.locator(`[name="${name}"][value="${choice}"]`).check();
  } else {
    await control.fill(value);
    await control.blur();
  }
}

/**
 * Answers what is visible and either required or in `wishes` (by question), and not answered yet, until nothing is
 * left. `leave` names questions to be left out. Returns how many were answered.
 */
export async function fillVisible(visitor, wishes = {}, leave = []) {
  const { page } = visitor;
  const due = ({ name, required, answered }) => !answered && !leave.includes(name) && (required || name in wishes);
  for (let filled = 0; ;) {
    const questions = (await visibleQuestions(page)).filter(due);
    if (!questions.length) return filled;
    for (const question of questions) await answer(page, question.name, wishes[question.name] ?? usual(question));
    if (visitor.mode.live) await saved(page, questions.map(({ name }) => name));
    filled += questions.length;
  }
}

function usual({ name, kind, choices }) {
  if (kind === 'number') return '12';
  if (kind === 'text') return `${name}への回答`;
  return choices[0];
}

/** Waits until each question says that it is saved, with the time. */
export async function saved(page, names) {
  for (const name of names) {
    const place = page.locator(`[id="q-${name}"] [data-saved]`);
    await place.filter({ hasText: /^保存済み \d\d:\d\d$/ }).waitFor().catch(async () => {
      assert.fail(`${name} is not saved: 「${await place.innerText()}」`);
    });
  }
}

/** Presses a button beside a question: with WebAssembly it acts on the page, otherwise the page is sent. */
export async function pressBeside(visitor, name, question) {
  const button = visitor.page.locator(`button[name=${name}][value="${question}"]`);
  if (!visitor.mode.live) {
    await visitor.onwards(() => button.click());
    return;
  }
  await button.click();
  await saved(visitor.page, [question]);
}
