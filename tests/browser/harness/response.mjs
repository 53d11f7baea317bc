/** A municipality's response through the API, where a test needs it in a state that others bring about by hand. */

import assert from 'node:assert/strict';

/** The stored answer to the question, as the API gives it; `undefined` without one. */
export async function stored(visitor, code, question) {
  return (await answerTo(visitor, code, question))?.value;
}

/** How often the answer to the question was changed. */
export async function revision(visitor, code, question) {
  return (await answerTo(visitor, code, question))?.revision ?? 0;
}

async function answerTo(visitor, code, question) {
  const { answers } = await get(visitor, code);
  return answers.find((answer) => answer.question === question);
}

/** Saves answers, whatever is there: by question, each the texts that the input would hold. */
export async function save(visitor, code, answers) {
  const { answers: now } = await get(visitor, code);
  for (const [question, values] of Object.entries(answers)) {
    const revision = now.find((answer) => answer.question === question)?.revision ?? 0;
    const response = await visitor.context.request.put(`${address(code)}/answers/${question}`, {
      data: { values: [values].flat(), revision },
      headers: { origin: visitor.url },
    });
    assert.equal(response.status(), 200, `${question}: ${await response.text()}`);
  }
}

/** Saves `answers` and then 「1」, a choice or a number, for whatever else is required. */
export async function complete(visitor, code, answers = {}) {
  await save(visitor, code, answers);
  for (let rounds = 0; rounds < 5; rounds += 1) { // An answer may bring up further questions.
    const { problems } = await get(visitor, code);
    if (!problems.length) return;
    await save(visitor, code, Object.fromEntries(problems.map(({ field }) => [field, '1'])));
  }
  assert.fail('the response cannot be completed');
}

async function get(visitor, code) {
  const response = await visitor.context.request.get(address(code));
  assert.equal(response.status(), 200, await response.text());
  return response.json();
}

function address(code) {
  return `/api/v1/rounds/2026/responses/${code}`;
}
