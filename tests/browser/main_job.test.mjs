// The main job, from an empty installation to the published figure, in each of the three ways.

import assert from 'node:assert/strict';
import { LIVE, WITHOUT_SCRIPTS, WITHOUT_WASM, browser } from './harness/browser.mjs';
import { empty } from './harness/installation.mjs';
import { answer, fillVisible, visibleQuestions } from './harness/questionnaire.mjs';
import { counts, download, rowsOf } from './harness/reading.mjs';
import { story } from './harness/steps.mjs';
import { Visitor } from './harness/visitor.mjs';

const ACCOUNTS = [
  ['officer', '--name', '県担当', '--role', 'officer'],
  ['aomori', '--name', '青森市企画課', '--role', 'respondent', '--municipality', '022012'],
  ['hirosaki', '--name', '弘前市企画課', '--role', 'respondent', '--municipality', '022021'],
];

const SECTIONS = [
  ['organization', '推進体制'],
  ['industry', '産業・しごと'],
  ['living', '暮らし・まち'],
  ['administration', '行政経営'],
  ['foundation', '各分野を支える基盤整備'],
  ['figures', '数値'],
  ['cases', '好事例'],
  ['requests', '要望'],
];

/** Would end the text field and run, if it were written into the page as it is; and characters outside of JIS. */
const TRICKY = '窓口の<b>改善</b>を要望します。</textarea><script>document.title = "broken"</script>\n㈱①髙﨑𠮷 & "引用"';

/** Engaged in industry and administration, not in living; some of what is optional. */
const AOMORI = {
  ind_00_1: '1',
  ind_00_3: ['1', '9'],
  lif_00_1: '4',
  gov_00_1: '1',
  org_6a: '１２',
  num_6: '12,400',
  free_2: ['1'],
  free_2_text: TRICKY,
};
/** Engaged in living only; industry is planned, administration is being considered. */
const HIROSAKI = { ind_00_1: '2', lif_00_1: '1', gov_00_1: '3' };

for (const mode of [LIVE, WITHOUT_WASM, WITHOUT_SCRIPTS]) {
  story(`one survey round from beginning to end, ${mode.name}`, async (t, step) => {
    const installation = await empty(t, ACCOUNTS);
    const chrome = await browser(t, mode);
    // axe is a script itself; without WebAssembly it sees the same documents.
    const arrive = (options) => Visitor.arrive(chrome, installation, { mode, seen: !mode.scripts, ...options });
    const [officer, aomori, public_] = [await arrive(), await arrive(), await arrive()];
    const hirosaki = await arrive({ seen: true });

    await step('before the round is open, nothing is published and nobody can answer', async () => {
      await public_.visit('/');
      assert.match(await public_.text(), /公表された結果はまだありません/);
      await aomori.login('aomori', { password: '間違ったパスワード', status: 422 });
      assert.match(await aomori.text('#login-error'), /^＊/);
      await aomori.login('aomori');
      assert.match(await aomori.text(), /受付開始前です/);
      await aomori.visit('/answer/2026/industry', { status: 404 });
    });

    await step('the officer opens the round for all 40 municipalities', async () => {
      await officer.login('officer');
      assert.match(await officer.text('h1'), /令和8年度（2026年度）の調査/);
      await officer.page.locator('#deadline').fill('');
      await officer.press('受付を始める', { status: 422 });
      assert.match(await officer.text('.error-summary'), /締切/);
      await officer.page.locator('#deadline').fill(inDays(30));
      await officer.page.locator('#reference_date').fill('2026-04-01T00:00');
      await officer.press('受付を始める');
      assert.match(await officer.text('[aria-current=step]'), /受付/);
      assert.deepEqual(await counts(officer), { 未着手: 40 });
      assert.equal(await officer.page.locator('.board tbody tr').count(), 40);
    });

    await step('a respondent sees the deadline and every section with its state', async () => {
      await aomori.visit('/answer');
      assert.match(await aomori.text(), /回答の状態：未着手 締切 \d{4}年\d+月\d+日（[日月火水木金土]） 17:00（あと30日）/);
      const tasks = await aomori.page.locator('.task').allInnerTexts();
      assert.deepEqual(tasks.map((text) => text.split('\n')[0]), SECTIONS.map(([, title]) => title));
      assert.ok(tasks.every((text) => text.includes('未着手') && /目安 \d+分/.test(text)), tasks.join());
    });

    await step('a value out of range is refused in words, and what was typed stays', async () => {
      await aomori.follow('推進体制');
      await answer(aomori.page, 'org_6a', '-1');
      await aomori.press('保存して次へ', { status: 422 });
      assert.match(await aomori.text('.error-summary'), /入力内容を確認してください（1件）.*体-6.*0以上の整数/);
      assert.match(await aomori.text('#e-org_6a'), /^＊0以上の整数で入力してください。$/);
      assert.equal(await aomori.page.locator('[name=org_6a]').inputValue(), '-1');
      await answer(aomori.page, 'org_6a', '多数');
      await aomori.press('保存して次へ', { status: 422 });
      assert.match(await aomori.text('#e-org_6a'), /^＊/);
      assert.equal(await aomori.page.locator('[name=org_6a]').inputValue(), '多数');
      await answer(aomori.page, 'org_6a', '');
      await aomori.press('保存して一覧に戻る');
    });

    await step('what depends on an answer is asked only when it applies', async () => {
      await aomori.follow('暮らし・まち');
      const asked = async () => (await visibleQuestions(aomori.page)).map(({ name }) => name);
      const [stage, reasons, other] = ['lif_00_2', 'lif_00_4', 'lif_00_4_other'];
      let names = await asked();
      assert.ok(!names.includes(stage) && !names.includes(reasons) && names.includes('lif_00_5'), names.join());
      const become = async (value) => {
        await answer(aomori.page, 'lif_00_1', value);
        if (mode.live) return;
        await aomori.press('保存して一覧に戻る');
        await aomori.follow('暮らし・まち');
      };
      await become('1');
      await aomori.page.locator(`#q-${stage}`).waitFor({ state: 'visible' });
      names = await asked();
      assert.ok(names.includes(stage) && !names.includes(reasons), names.join());
      await become('4');
      await aomori.page.locator(`#q-${reasons}`).waitFor({ state: 'visible' });
      names = await asked();
      assert.ok(!names.includes(stage) && names.includes(reasons) && !names.includes(other), names.join());
      await aomori.look();
    });

    await step('the respondent fills the sections, leaves, and comes back without loss', async () => {
      await aomori.visit('/answer');
      for (const [section, title] of SECTIONS) {
        await fillSection(aomori, title, AOMORI, ['num_1', 'gov_01_1']);
        if (section === 'industry') {
          await aomori.press('ログアウト');
          await aomori.login('aomori');
          await aomori.follow(title);
          await answer(aomori.page, 'ind_00_3_other', '議会での議論');
          await aomori.press('保存して一覧に戻る');
        }
      }
      const states = await aomori.page.locator('.task').allInnerTexts();
      const found = states.map((text) => /済|入力中|未着手/.exec(text)[0]);
      assert.deepEqual(found, ['済', '済', '済', '入力中', '済', '入力中', '未着手', '済']);
      await aomori.follow('産業・しごと');
      assert.ok(await aomori.page.locator('[name=ind_00_1][value="1"]').isChecked());
      assert.ok(await aomori.page.locator('[name=ind_00_3][value="9"]').isChecked());
      assert.equal(await aomori.page.locator('[name=ind_00_3_other]').inputValue(), '議会での議論');
      await aomori.visit('/answer/2026/organization');
      assert.equal(await aomori.page.locator('[name=org_6a]').inputValue(), '12');
      await aomori.visit('/answer/2026/requests');
      assert.equal(await aomori.page.locator('[name=free_2_text]').inputValue(), TRICKY);
      assert.doesNotMatch(await aomori.page.title(), /broken/);
    });

    await step('the check page says what is missing, and leads there and back', async () => {
      await aomori.visit('/answer/2026/check');
      assert.equal(await aomori.page.locator('.problems li').count(), 2, await aomori.text());
      assert.equal(await aomori.page.getByRole('button', { name: '提出する' }).count(), 0);
      for (const [question, number] of [['gov_01_1', '行-6-1'], ['num_1', '数-1']]) {
        const href = await aomori.page.locator('.problems li a').first().getAttribute('href');
        assert.ok(href.endsWith(`?from=check#q-${question}`), href);
        assert.match(await aomori.text('.problems li >> nth=0'), new RegExp(number));
        await aomori.visit(href);
        await fillVisible(aomori);
        await aomori.press('保存して確認に戻る');
      }
      if (await aomori.page.locator('.problems li').count()) { // num_2 is asked since num_1 is answered.
        await aomori.visit('/answer/2026/figures?from=check');
        await fillVisible(aomori);
        await aomori.press('保存して確認に戻る');
      }
      assert.match(await aomori.text(), /必須の設問はすべて回答されています。/);
      assert.match(await aomori.text(), /12人/);
      assert.match(await aomori.text(), /窓口の<b>改善<\/b>を要望します。<\/textarea><script>.*㈱①髙﨑𠮷 & "引用"/);
      assert.match(await aomori.text(), /12,400/);
    });

    await step('submission gives a receipt with number and time, and closes the form', async () => {
      await aomori.press('提出する');
      assert.match(await aomori.text(), receiptOf('青森市'));
      await aomori.visit('/answer');
      assert.match(await aomori.text(), /回答の状態：提出済み/);
      await aomori.visit('/answer/2026/industry');
      assert.match(await aomori.text(), /提出済みのため、変更できません。/);
      assert.equal(await aomori.page.locator('main :is(input, textarea, button)').count(), 0);
    });

    await step('a second municipality submits too', async () => {
      await hirosaki.login('hirosaki');
      for (const [, title] of SECTIONS) await fillSection(hirosaki, title, HIROSAKI);
      await hirosaki.follow('内容を確認して提出する');
      await hirosaki.press('提出する');
      assert.match(await hirosaki.text(), receiptOf('弘前市'));
    });

    await step('another municipality’s response looks like one that does not exist', async () => {
      const said = [];
      for (const code of ['022012', '131016']) {
        await hirosaki.visit(`/desk/2026/${code}`, { status: 403 });
        said.push((await hirosaki.text('body')).replaceAll(code, ''));
      }
      assert.equal(said[0], said[1]);
      assert.doesNotMatch(said[0], /青森市/);
      await hirosaki.visit('/answer/2026/nothing', { status: 404 });
    });

    await step('the officer sees who has submitted, and accepts', async () => {
      await officer.visit('/desk/2026');
      assert.deepEqual(await counts(officer), { 未着手: 38, 提出済み: 2 });
      await officer.page.getByLabel('状態').selectOption('submitted');
      await officer.press('絞り込む');
      assert.equal(await officer.page.locator('.board tbody tr').count(), 2);
      for (const name of ['青森市', '弘前市']) {
        await officer.visit('/desk/2026');
        await officer.follow(name);
        await officer.press('受理する');
        assert.match(await officer.text('.facts'), /受理/);
      }
      await officer.visit('/desk/2026');
      assert.deepEqual(await counts(officer), { 未着手: 38, 受理済み: 2 });
    });

    await step('the officer closes, finalizes and publishes', async () => {
      await officer.press('受付を締め切る');
      await public_.visit('/');
      assert.match(await public_.text(), /公表された結果はまだありません/);
      await officer.press('回答を確定する');
      await officer.follow('公表の準備をする');
      await officer.press('結果を公表する');
      assert.match(await officer.text('[aria-current=step]'), /公表/);
    });

    await step('the public page says exactly what was answered', async () => {
      await public_.visit('/');
      const heading = (await public_.text('h1')).replaceAll(' ', '');
      assert.equal(heading, 'DXに取り組んでいる市町村は40のうち2（5.0％）');
      const text = await public_.text();
      assert.match(text, /全40市町村のうち2団体が回答しました（未提出 38団体）。/);
      assert.match(text, /未確定の38団体がどちらであっても、割合は ?5\.0〜100\.0％ ?の間にあります。/);
      const table = await rowsOf(public_, '#tables');
      assert.deepEqual(table['DXに取り組んでいる市町村の割合'].slice(0, 5), ['2', '0', '38', '5.0％', '5.0〜100.0％']);
      assert.deepEqual(table['産業・しごと'].slice(0, 5), ['1', '1', '38', '2.5％', '2.5〜97.5％']);
      assert.deepEqual(table['暮らし・まち'].slice(0, 5), ['1', '1', '38', '2.5％', '2.5〜97.5％']);
      assert.deepEqual(table['行政経営'].slice(0, 5), ['1', '1', '38', '2.5％', '2.5〜97.5％']);
      const others = await rowsOf(public_, '#other-definitions');
      const [all] = Object.entries(others).filter(([name]) => name.startsWith('3分野すべて'));
      const [two] = Object.entries(others).filter(([name]) => name.startsWith('2分野以上'));
      assert.deepEqual(all[1].slice(0, 5), ['0', '2', '38', '0.0％', '0.0〜95.0％']);
      assert.deepEqual(two[1].slice(0, 5), ['1', '1', '38', '2.5％', '2.5〜97.5％']);
    });

    await step('FY2022 stands apart as three counts and intervals with their condition', async () => {
      const table = await rowsOf(public_, '#reference');
      assert.deepEqual(table['産業・しごと'].slice(0, 2), ['6／40', '15.0％']);
      assert.deepEqual(table['暮らし・まち'].slice(0, 2), ['11／40', '27.5％']);
      assert.deepEqual(table['行政経営'].slice(0, 2), ['20／40', '50.0％']);
      const any = table['DXに取り組んでいる市町村の割合'];
      assert.deepEqual(any.slice(0, 2), ['公表なし', '50.0〜92.5％']);
      assert.match(any[2], /40市町村すべてが回答したと仮定した場合/);
    });

    await step('exactly one definition is official', async () => {
      for (const path of ['/', '/indicators']) {
        await public_.visit(path);
        const marked = await public_.page.locator('tr, h3').filter({ has: public_.page.locator('.mark-official') });
        const names = new Set((await marked.allInnerTexts()).map((text) => text.split(/[（\n\t]/)[0].trim()));
        assert.deepEqual([...names], ['DXに取り組んでいる市町村の割合'], path);
      }
    });

    await step('the answers can be downloaded as CSV', async () => {
      const all = await download(officer, '/data/2026/answers.csv?scope=all');
      assert.equal(valueOf(all, '022012', 'ind_00_1').choice, '1');
      assert.equal(valueOf(all, '022012', 'free_2_text').text.replaceAll('\\n', '\n'), TRICKY);
      assert.equal(valueOf(all, '022021', 'lif_00_1').choice, '1');
      assert.equal(valueOf(all, '022080', 'lif_00_1').state_label, '未提出');
      assert.equal(new Set(all.map((row) => row.municipality_code)).size, 40);
      const published = await download(public_, '/data/2026/answers.csv');
      assert.equal(valueOf(published, '022012', 'ind_00_1').choice, '1');
      assert.equal(valueOf(published, '022012', 'free_2_text'), undefined, 'for the prefecture only');
    });

    for (const visitor of [officer, aomori, hirosaki, public_]) await visitor.leave();
  });
}

/** Opens a section from the task list, fills and saves it, again where saving has brought up more to answer. */
async function fillSection(visitor, title, wishes, leave = []) {
  for (let unfinished = true; unfinished;) {
    await visitor.follow(title);
    const filled = await fillVisible(visitor, wishes, leave);
    await visitor.press('保存して一覧に戻る');
    unfinished = filled > 0 && !/済/.test(await visitor.page.locator('.task', { hasText: title }).innerText());
  }
}

function receiptOf(municipality) {
  return new RegExp(`受付番号 \\S+ .*市町村 ${municipality} 提出日時 \\d{4}年\\d+月\\d+日（.） \\d{2}:\\d{2} .*[0-9a-f]{64}`);
}

function valueOf(rows, code, question) {
  return rows.find((row) => row.municipality_code === code && row.question_name === question);
}

/** `YYYY-MM-DDT17:00` so many days from today in Japan. */
function inDays(days) {
  const date = new Date(Date.now() + days * 86_400_000);
  return `${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(date)}T17:00`;
}
