/** Letters of invitation: made on the desk, and followed by whoever gets one. */

import { PASSWORD } from './installation.mjs';

/** Makes a letter for everybody whom the page lists; the codes by login name. */
export async function writeLetters(officer) {
  const { page } = officer;
  for (const box of await page.getByRole('checkbox', { name: /を選ぶ$/ }).all()) await box.check();
  await officer.press('選んだ人の招待状を作る');
  const letters = await page.locator('.letter').all();
  const said = (letter, heading) => letter.locator(`dt:text-is("${heading}") + dd`).innerText();
  const codes = letters.map(async (letter) => [await said(letter, 'ログイン名'), await said(letter, 'コード')]);
  return Object.fromEntries(await Promise.all(codes));
}

/** Types the code that is printed on the letter, sets the password and logs in. */
export async function followLetter(visitor, login, code) {
  const { page } = visitor;
  await visitor.visit('/invitation');
  await page.getByLabel('コード').fill(code);
  await visitor.press('次へ進む');
  for (const field of await page.getByLabel('新しいパスワード').all()) await field.fill(PASSWORD);
  await visitor.press('パスワードを設定する');
  await visitor.login(login);
}
