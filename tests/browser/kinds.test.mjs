// Every kind of question that XLSForm may ask, on a live page.

import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { browser } from './harness/browser.mjs';
import { empty } from './harness/installation.mjs';
import { measure } from './harness/measure.mjs';
import { answer, saved } from './harness/questionnaire.mjs';
import { Visitor } from './harness/visitor.mjs';

const SECTION = '/answer/2027/all';
const SURVEY = `type,name,number,concept,label,hint,relevant,required,constraint,constraint_message,default,appearance,readonly,calculation,choice_filter,parameters,repeat_count,unit,aggregate_visibility,named_visibility,soft_constraint,soft_message,minutes
begin_group,all,,,全部,,,,,,,,,,,,,,,,,,5
note,intro,,,令和9年4月1日現在の状況をお答えください。,,,,,,,,,,,,,,,,,,
rank aim,aim,1,t.aim,目的を重い順に3つまで並べてください。,,,,,,,,,,,,,,public,council,,,
acknowledge,read,2,t.read,記入要領を読みましたか。,,,yes,,,,,,,,,,,public,council,,,
integer,staff,3,t.staff,職員の数,会計年度任用職員を除く,,,. >= 0,0以上で入力してください。,,,,,,,,人,public,council,. <= 50,50人を超えています。,
integer,cost,4,t.cost,1人あたりの費用,,,,,,,,,,,,,千円,public,council,,,
decimal,total,5,t.total,費用の合計,,,,,,,,yes,\${staff} * \${cost},,,,千円,public,council,,,
range,share,6,t.share,オンライン化率,,,,,,,,,,,start=0 end=100 step=0.1,,％,public,council,,,
date,since,7,t.since,始めた日,,,,,,,,,,,,,,public,council,,,
text,contact,7-2,t.contact,担当課,,,,,,総務課,,,,,,,,public,council,,,
select_one kind,kind,8,t.kind,区分,,,,,,,,,,,,,,public,council,,,
select_one item,item,9,t.item,項目,,,,,,,,,,of=\${kind},,,,public,council,,,
select_multiple tool or_other,tool,10,t.tool,使っているもの,,,,,,,,,,,,,,public,council,,,
text,memo,11,t.memo,自由記入,,\${kind} = '1',,,,,multiline,,,,,,,public,council,,,
begin_group,levels,,,医療・福祉,,,,,,,table-list,,,,,,,,,,,
select_one level,one,12-1,t.one,オンライン診療,,,,,,,,,,,,,,public,council,,,
select_one level,two,12-2,t.two,母子健康手帳アプリ,,,,,,,,,,,,,,public,council,,,
end_group,levels,,,,,,,,,,,,,,,,,,,,,
begin_repeat,case,,,事例,,,,,,,,,,,,3,,,,,,
text,title,13,t.title,名称,,,,,,,,,,,,,,public,council,,,
end_repeat,case,,,,,,,,,,,,,,,,,,,,,
end_group,all,,,,,,,,,,,,,,,,,,,,,
`;
const CHOICES = `list_name,name,label,of,exclusive
aim,a,人材,,
aim,b,予算,,
aim,c,住民サービス,,
kind,1,市,,
kind,2,町,,
item,x,市の項目,1,
item,y,町の項目,2,
tool,rpa,RPA,,
tool,ai,AI,,
tool,none,特になし,,1
level,0,未着手,,
level,1,検討中,,
level,2,実施予定,,
level,3,一部実施・実証中,,
level,4,実施している,,
`;
const SETTINGS = 'form_title,form_id,version\n試し,kinds,1\n';
/** What the official indicator reads is asked, or the round could not be opened. */
const DEFINITION = `
id = "engaged-any"
version = 2
official = true
role = "headline"
title = "取り組んでいる市町村の割合"
description = "1つの設問で決まります。"
valid_from = 2027
counts = { choices = ["1"] }
source = "試験"
note = "試験のための定義です。"

[rule]
quota = "any"
fields = [{ field = "industry", question = "t.kind" }]
`;
const ACCOUNTS = [
  ['officer', '--name', '県担当', '--role', 'officer'],
  ['aomori', '--name', '企画課', '--role', 'respondent', '--municipality', '022012'],
];

test('every kind of question is answered, saved and worked out on the page', async (t) => {
  const installation = await empty(t, ACCOUNTS, async (shirabe, folder) => {
    const form = `${folder}/form`;
    await mkdir(form);
    for (const [name, sheet] of [['survey', SURVEY], ['choices', CHOICES], ['settings', SETTINGS]]) {
      await writeFile(`${form}/${name}.csv`, sheet);
    }
    await writeFile(`${form}/official.toml`, DEFINITION);
    await shirabe(['questionnaire', 'import', form]);
    await shirabe(['indicator', 'import', `${form}/official.toml`]);
    await shirabe(['round', 'add', '2027', '--questionnaire', 'kinds', '1']);
  });
  const chrome = await browser(t);
  const officer = await Visitor.arrive(chrome, installation);
  await officer.login('officer');
  await officer.visit('/desk/2027');
  await officer.page.locator('#deadline').fill('2099-11-30T17:00');
  await officer.page.locator('#reference_date').fill('2027-04-01T00:00');
  await officer.press('受付を始める');
  await officer.leave();
  const visitor = await Visitor.arrive(chrome, installation);
  const { page } = visitor;
  await visitor.login('aomori');
  const again = () => visitor.visit(SECTION);
  await again();
  assert.match(await visitor.text(), /令和9年4月1日現在の状況をお答えください。/);

  await t.test('a ranking has a list a place and takes no choice twice', async () => {
    const places = page.locator('select[name=aim]');
    await places.nth(0).selectOption('c');
    await saved(page, ['aim']);
    await places.nth(1).selectOption('c');
    await page.locator('#e-aim').filter({ hasText: '2つの順位で選んでいます' }).waitFor();
    await places.nth(1).selectOption('a');
    await saved(page, ['aim']);
    await again();
    assert.deepEqual(await places.evaluateAll((all) => all.map((list) => list.value)), ['c', 'a', '']);
  });

  await t.test('a confirmation is one box', async () => {
    assert.equal(await page.locator('#q-read [data-mark]').innerText(), '※必須');
    await page.locator('[name=read]').check();
    await saved(page, ['read']);
    await again();
    assert.ok(await page.locator('[name=read]').isChecked());
  });

  await t.test('a default that is cleared does not stand there again', async () => {
    const contact = page.locator('[name=contact]');
    assert.equal(await contact.inputValue(), '総務課');
    await answer(page, 'contact', '');
    await saved(page, ['contact']);
    await again();
    assert.equal(await contact.inputValue(), '');
  });

  await t.test('what the form works out follows at once and cannot be typed', async () => {
    assert.match(await visitor.text('#q-total'), /－/);
    await answer(page, 'staff', '１２');
    await answer(page, 'cost', '1,500');
    await page.locator('#q-total [data-answer]').filter({ hasText: '18,000' }).waitFor();
    assert.equal(await page.locator('[name=total]').count(), 0);
    await saved(page, ['staff', 'cost']);
    await again();
    assert.match(await visitor.text('#q-total'), /18,000 ?千円/);
  });

  await t.test('a soft check warns, asks for the reason and lets the answer stand', async () => {
    await answer(page, 'staff', '60');
    await page.locator('#s-staff').filter({ hasText: '50人を超えています。' }).waitFor();
    await answer(page, 'staff.reason', '兼務を含むため');
    await saved(page, ['staff', 'staff.reason']);
    await answer(page, 'staff', '-1');
    await page.locator('#e-staff').filter({ hasText: '0以上で入力してください。' }).waitFor();
    await answer(page, 'staff', '60');
    await saved(page, ['staff']);
    await page.locator('[name="staff.reason"]').waitFor({ state: 'visible' });
    assert.equal(await page.locator('[name="staff.reason"]').inputValue(), '兼務を含むため');
  });

  await t.test('percentages stay within their range, dates are read as written', async () => {
    await answer(page, 'share', '１００．１');
    await page.locator('#e-share').waitFor({ state: 'visible' });
    await answer(page, 'share', '８５．５');
    await saved(page, ['share']);
    assert.ok(await page.locator('#e-share').isHidden());
    await answer(page, 'since', '２０２６／４／１');
    await saved(page, ['since']);
    await again();
    assert.equal(await page.locator('[name=since]').inputValue(), '2026-04-01');
    assert.equal(await page.locator('[name=share]').inputValue(), '85.5');
  });

  await t.test('choices that others rule out are out of sight, and an answer that is no longer asked comes back', async () => {
    const item = (name) => page.locator(`[name=item][value=${name}]`);
    await page.locator('[name=kind][value="1"]').check();
    assert.ok(await item('x').isVisible() && await item('y').isHidden());
    await answer(page, 'memo', '消えない記入');
    await saved(page, ['kind', 'memo']);
    await page.locator('[name=kind][value="2"]').check();
    await page.locator('#q-memo').waitFor({ state: 'hidden' });
    assert.ok(await item('y').isVisible());
    await saved(page, ['kind']);
    await again();
    assert.ok(await page.locator('#q-memo').isHidden());
    await page.locator('[name=kind][value="1"]').check();
    await page.locator('#q-memo').waitFor({ state: 'visible' });
    assert.equal(await page.locator('[name=memo]').inputValue(), '消えない記入');
    await saved(page, ['kind']);
  });

  await t.test('「特になし」 excludes the others, 「その他」 asks what', async () => {
    const tool = (name) => page.locator(`[name=tool][value=${name}]`);
    await tool('rpa').check();
    await tool('ai').check();
    await tool('none').check();
    assert.ok(!await tool('rpa').isChecked() && !await tool('ai').isChecked());
    await tool('other').check();
    assert.ok(!await tool('none').isChecked());
    await answer(page, 'tool_other', '電子申請');
    await saved(page, ['tool', 'tool_other']);
    await again();
    assert.ok(await tool('other').isChecked());
    assert.equal(await page.locator('[name=tool_other]').inputValue(), '電子申請');
  });

  await t.test('levels are one table on wide screens, a block a question on narrow ones, and everything fits', async () => {
    for (const width of [320, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        await visitor.look();
      }
      assert.deepEqual(await measure(page), []);
      const words = page.locator('#q-one .question-table-word').first();
      assert.equal(await words.evaluate((word) => word.getBoundingClientRect().width > 20), width < 768, `${width}`);
      await page.locator('#q-one [type=radio][value="3"]').check();
      await saved(page, ['one']);
      await page.locator('#q-one [type=radio][value="1"]').check();
      await saved(page, ['one']);
    }
  });

  await visitor.leave();
});
