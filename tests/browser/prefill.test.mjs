// Public figures: what answers a question stands in its input until somebody confirms it.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { empty } from './harness/installation.mjs';
import { answer, pressBeside, saved } from './harness/questionnaire.mjs';
import { stored } from './harness/response.mjs';
import { Visitor } from './harness/visitor.mjs';

const CODE = '022012';
const ORGANIZATION = '/answer/2026/organization';
const ACCOUNTS = [
  ['officer', '--name', '県担当', '--role', 'officer'],
  ['aomori', '--name', '青森市企画課', '--role', 'respondent', '--municipality', CODE],
];

/** Made for this test. It says nothing about the municipality. */
const INVENTED = 'code6,name,CIOの任命,AIの導入状況\n022012,青森市,実施,実施\n';

/** A round that is open, with the figure registered, as one visitor after another sees it. */
async function opened(t, mode) {
  const installation = await empty(t, ACCOUNTS, async (shirabe, folder) => {
    await writeFile(`${folder}/invented.csv`, INVENTED);
    await shirabe(['import', 'reference', `${folder}/invented.csv`, '--source', 'digital-agency-dx',
      '--title', 'テスト用の架空の資料', '--as-of', '令和7年4月1日時点']);
  });
  const chrome = await browser(t, mode);
  const arrive = () => Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts });
  const officer = await arrive();
  await officer.login('officer');
  await officer.page.locator('#deadline').fill('2099-11-30T17:00');
  await officer.page.locator('#reference_date').fill('2026-04-01T00:00');
  await officer.press('受付を始める');
  await officer.leave();
  return arrive;
}

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  test(`a public figure is offered and saved once it was confirmed, ${mode.name}`, async (t) => {
    const arrive = await opened(t, mode);
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.login('aomori');
    await visitor.visit(ORGANIZATION);
    assert.ok(await page.locator('[name=org_2][value="1"]').isChecked());
    assert.match(await visitor.text('#q-org_2'), /公表資料から入力（要確認）：出典 .*テスト用の架空の資料.*令和7年4月1日時点/);
    await answer(page, 'org_1', '2');
    if (mode.live) {
      await saved(page, ['org_1']);
    } else {
      await visitor.press('保存して一覧に戻る');
      await visitor.visit(ORGANIZATION);
    }
    assert.deepEqual(await stored(visitor, CODE, 'org_1'), { choice: '2' });
    assert.equal(await stored(visitor, CODE, 'org_2'), undefined, 'nobody has confirmed it');
    await pressBeside(visitor, 'confirm', 'org_2');
    assert.deepEqual(await stored(visitor, CODE, 'org_2'), { choice: '1' });
    await visitor.visit(ORGANIZATION);
    assert.doesNotMatch(await visitor.text('#q-org_2'), /要確認/);
    await visitor.visit('/answer/2026/administration');
    assert.match(await visitor.text('#q-gov_02_2'), /参考：AIの導入状況：実施 ?（出典：.*架空の資料/);
    assert.equal(await page.locator('[name=gov_02_2]:checked').count(), 0, 'two stages would fit');
    await visitor.leave();
  });

  test(`a public figure that is taken away stays away, ${mode.name}`, async (t) => {
    const arrive = await opened(t, mode);
    const visitor = await arrive();
    const { page } = visitor;
    await visitor.login('aomori');
    await visitor.visit(ORGANIZATION);
    await page.locator('[id="f-org_2-"]').check();
    if (mode.live) await saved(page, ['org_2']);
    else await visitor.press('保存して一覧に戻る');
    assert.equal(await stored(visitor, CODE, 'org_2'), null);
    await visitor.visit(ORGANIZATION);
    assert.doesNotMatch(await visitor.text('#q-org_2'), /要確認/);
    assert.equal(await page.locator('[name=org_2][value]:not([value=""]):checked').count(), 0);
    await visitor.leave();
  });
}
