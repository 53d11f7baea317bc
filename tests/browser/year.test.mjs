// A complete year, by pages and forms only: prepared from the last one, asked, answered, approved, checked, published and
// corrected, and the next one prepared from it.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { accessible } from './harness/axe.mjs';
import { LIVE, WITHOUT_SCRIPTS, browser } from './harness/browser.mjs';
import { withoutRounds } from './harness/installation.mjs';
import { followLetter, writeLetters } from './harness/invitation.mjs';
import { answer, fillVisible } from './harness/questionnaire.mjs';
import { counts, rowsOf } from './harness/reading.mjs';
import { story } from './harness/steps.mjs';
import { Visitor } from './harness/visitor.mjs';
import { editedQuestionnaire, upload } from './harness/workbook.mjs';

/** Four sections; and what 青森市 and 弘前市 answered in FY2025: only 青森市 was engaged. */
const SURVEY = fileURLToPath(new URL('short_survey', import.meta.url));

const OFFICER = ['officer', '--name', '県担当', '--role', 'officer'];
const PEOPLE = `ログイン名,表示名,役割,市町村
sato,企画課 佐藤,回答者,青森市
kimura,企画課長 木村,承認者,青森市
suzuki,情報政策課 鈴木,回答者・協議会会員,弘前市
`;

/** This year's questionnaire: one question reworded, one continued under another concept, one dropped, one new. */
const EDITS = [
  { sheet: 'settings', cells: { version: '2026.1' } },
  { sheet: 'survey', row: 'org_1', cells: { label: 'DX推進の全体方針はありますか。' } },
  { sheet: 'survey', row: 'org_3', cells: { concept: 'organization.adviser', derived_from: 'organization.cio_advisor' } },
  { sheet: 'survey', drop: 'org_4' },
  {
    sheet: 'survey',
    after: 'org_3',
    cells: {
      type: 'integer', name: 'org_5', number: '体-5', concept: 'organization.budget', label: '担当部署の予算', unit: '千円',
      aggregate_visibility: 'public', named_visibility: 'council',
    },
  },
];

/** What 青森市 answers; 30 is a slip of the hand. */
const AOMORI = {
  org_1: '1', org_2: '30', org_3: '1', org_5: '1,200',
  ind_00_1: '1', ind_01_1: '4', ind_01_2: '2', lif_00_1: '1', lif_01_1: '3', gov_00_1: '1', gov_01_1: '4',
};

for (const mode of [LIVE, WITHOUT_SCRIPTS]) {
  story(`a complete year, ${mode.name}`, async (t, step) => {
    const installation = await withoutRounds(t, [OFFICER], async (shirabe) => {
      const dates = ['--reference-date', '2025-04-01', '--deadline', '2025-11-20'];
      await shirabe(['questionnaire', 'import', SURVEY]);
      await shirabe(['round', 'add', '2025', '--questionnaire', 'short_survey', '2025.1', '--closed', ...dates]);
      await shirabe(['import', 'answers', `${SURVEY}/answers_2025.csv`]);
    });
    const chrome = await browser(t, mode);
    const arrive = () => Visitor.arrive(chrome, installation, { mode, seen: true });
    const [officer, respondent, approver] = [await arrive(), await arrive(), await arrive()];
    const [member, reader] = [await arrive(), await arrive()];
    /** What comes up on the way only; axe looks at the pages themselves in other tests. */
    const lookClosely = async ({ page }, what) => mode.scripts && accessible(page, what);

    await step('last year is finalized and published', async () => {
      await officer.login('officer');
      await finalize(officer, 2025);
      await officer.follow('公表の準備をする');
      await officer.press('結果を公表する');
      await reader.visit('/');
      assert.equal(await finding(reader), 'DXに取り組んでいる市町村は40のうち1（2.5％）');
      // What somebody has opened is no candidate to be dropped.
      await reader.visit('/results/2025/organization.plan');
    });

    await step('the officer begins this year with what the last one asked', async () => {
      await officer.visit('/desk/2025');
      await officer.follow('次の年度の調査を準備');
      assert.match(await officer.text(), /令和8年度（2026年度） ?の調査を準備する .*short_survey 2025\.1（11問）/);
      await officer.press('準備を始める');
      assert.match(await officer.text('#differences'), /令和7年度 ?の調査票との違い 追加 0問、廃止 0問、変更 0問、変更なし 11問。/);
      assert.match(await officer.text('#unused'), /体-4 県への要望/);
      assert.doesNotMatch(await officer.text('#unused'), /体-1|産-1/);
    });

    await step('an edited questionnaire is uploaded, and takes its place once what it continues was confirmed', async () => {
      const file = await editedQuestionnaire(officer, `${installation.folder}/調査票.xlsx`, EDITS);
      await upload(officer, file, { button: '検査して違いを確認する' });
      const differences = await officer.text('#differences');
      assert.match(differences, /追加 1問、廃止 1問、変更 2問、変更なし 8問。/);
      assert.match(differences, /追加 体-5 担当部署の予算 廃止 体-4 県への要望/);
      assert.match(differences, /体-1 .*文が変わりました（前：DX推進の全体方針を策定していますか。）。/);
      await officer.press('この調査票に差し替える', { status: 422 });
      assert.match(await officer.text('.error-summary'), /体-3 .*引き継ぎを確認してください。/);
      await lookClosely(officer, 'an edited questionnaire');
      await officer.page.getByLabel('引き継ぎ：体-3').check();
      await officer.press('この調査票に差し替える');
      assert.match(await officer.text('[role=status]'), /調査票を差し替えました。/);
      assert.match(await officer.text('.facts'), /short_survey 2026\.1 設問の数 11問.* 約10分/);
    });

    await step('it is seen as those who answer will see it', async () => {
      await officer.follow('回答する人に見える内容を確認する');
      await officer.follow('推進体制');
      assert.match(await officer.text(), /プレビューです。青森市の画面を例に.*DX推進の全体方針はありますか。.*担当部署の予算/);
      await answer(officer.page, 'org_2', '三人');
      await officer.press('入力した内容で表示し直す', { status: 422 });
      assert.match(await officer.text('#e-org_2'), /^＊/);
    });

    await step('those who answer are added from a file and set their passwords by letter', async () => {
      const file = `${installation.folder}/名簿.csv`;
      await writeFile(file, PEOPLE);
      await officer.visit('/desk/accounts');
      await officer.page.getByText('CSVかExcelのファイルでまとめて追加する').click();
      await upload(officer, file, { button: 'ファイルの全員を追加する' });
      // Its page comes again by itself until everybody is there.
      await officer.page.getByRole('link', { name: '招待状を作る人を選ぶ' }).waitFor();
      await officer.follow('招待状を作る人を選ぶ');
      const codes = await writeLetters(officer);
      await lookClosely(officer, 'letters of invitation');
      for (const [visitor, login] of [[respondent, 'sato'], [approver, 'kimura'], [member, 'suzuki']]) {
        await followLetter(visitor, login, codes[login]);
      }
      assert.match(await member.text('.site-account'), /情報政策課 鈴木 弘前市/);
    });

    await step('the round opens for all municipalities', async () => {
      await officer.visit('/desk');
      assert.match(await officer.text('h1'), /令和8年度（2026年度）/);
      await officer.press('受付を始める');
      assert.deepEqual(await counts(officer), { 未着手: 40 });
    });

    await step('a respondent answers, and asks for approval', async () => {
      await fillForm(respondent, AOMORI);
      assert.match(await respondent.text('#doubts'), /このままでも提出できます。.*体-2/);
      await respondent.press('承認を依頼する');
      assert.match(await respondent.text(), /企画課 佐藤さんが .* に承認を依頼しました。承認者：企画課長 木村/);
      await officer.visit('/desk/2026');
      assert.deepEqual(await counts(officer), { 未着手: 39, 承認待ち: 1 });
    });

    await step('the approver hands in', async () => {
      await approve(approver);
      assert.match(await approver.text('.receipt'), /受付番号 2026-022012-1 .*市町村 青森市 .*提出者 回答者：企画課 佐藤 承認者：企画課長 木村/);
    });

    await step('a municipality without approver repeats last year’s answers and hands in', async () => {
      await repeatLastYear(member);
      await member.press('提出する');
      assert.match(await member.text('.receipt'), /受付番号 2026-022021-1 .*市町村 弘前市/);
    });

    await step('the officer checks, and sends one question back with the reason', async () => {
      await officer.visit('/desk/2026');
      await officer.follow('回答の点検');
      assert.match(await officer.text(found('体-2')), /青森市 提出済み 前年からの変化 .*前年の「10人」から「30人」に変わりました/);
      await officer.onwards(() => officer.page.locator(found('体-2')).getByRole('link', { name: '差し戻す' }).click());
      await sendBack(officer, 'org_2', '前年の3倍です。人数を確認してください。');
      await officer.visit('/desk/2026');
      assert.deepEqual(await counts(officer), { 未着手: 38, 提出済み: 1, 差戻し: 1 });
    });

    await step('only that question is mended, approved and handed in again', async () => {
      await respondent.visit('/answer/2026');
      assert.match(await respondent.text('#returned'), /1 件.*体-2.*前年の3倍です。人数を確認してください。/);
      await mend(respondent, 'org_2', '13');
      await respondent.press('承認を依頼する');
      await approve(approver);
      assert.match(await approver.text('.receipt'), /受付番号 2026-022012-2 /);
      await officer.visit('/desk/2026/022012');
      assert.match(await officer.text('#corrections'), /再提出されました.*体-2 .*30人 13人 企画課 佐藤/);
    });

    await step('what was left blank is asked about, and settled in words', async () => {
      await officer.visit('/desk/2026/check');
      assert.match(await officer.text(found('体-5')), /弘前市 提出済み 任意の未回答 体-5 担当部署の予算/);
      await officer.onwards(() => officer.page.locator(found('体-5')).getByRole('link', { name: '確認する' }).click());
      await officer.press('確認を送る');
      assert.match(await officer.text('.facts'), /市町村の回答待ち/);
      await reply(member, '/answer/2026/inquiries', '担当部署の予算はありません。');
      await officer.page.reload();
      assert.match(await officer.text('.messages'), /担当部署の予算はありません。/);
      await officer.press('完了にする');
      assert.match(await officer.text('.facts'), /完了/);
    });

    await step('both are accepted, and the round is closed and finalized', async () => {
      for (const municipality of ['青森市', '弘前市']) await accept(officer, municipality);
      await officer.visit('/desk/2026');
      assert.deepEqual(await counts(officer), { 未着手: 38, 受理済み: 2 });
      await officer.press('受付を締め切る');
      await finalize(officer, 2026);
    });

    await step('before publishing, one question is narrowed and the site is seen as the public will see it', async () => {
      await officer.follow('公表の準備をする');
      await officer.page.getByText('設問ごとの公開範囲を変える').click();
      const named = officer.page.getByLabel('体-1 DX推進の全体方針はありますか。 の市町村別の値の公開範囲');
      assert.deepEqual(await named.locator('option').allInnerTexts(), ['公開', '協議会まで', '県まで']);
      await named.selectOption('協議会まで');
      await officer.press('公開範囲を保存する');
      assert.match(await officer.text('[aria-labelledby=scope]'), /いまは、1問の範囲を狭めています。/);
      await officer.page.getByLabel('だれとして見るか').selectOption('一般の人');
      await officer.press('プレビューを始める');
      assert.equal(await finding(officer), 'DXに取り組んでいる市町村は40のうち1（2.5％）');
      assert.match(await officer.text('.preview-strip'), /令和8年度.*一般の人に見える内容/);
      await lookClosely(officer, 'a preview of the site');
      await officer.press('プレビューを終える');
      await reader.visit('/results/2026', { status: 404 });
    });

    await step('the year is published: everybody reads the figure, and of the narrowed question no names', async () => {
      await officer.visit('/desk/2026/publication');
      await officer.press('結果を公表する');
      await reader.visit('/');
      assert.equal(await finding(reader), 'DXに取り組んでいる市町村は40のうち1（2.5％）');
      assert.match(await reader.text(), /令和8年度（2026年度）調査.*全40市町村のうち2団体が回答しました（未提出 38団体）。/);
      await reader.visit('/results/2026/organization.plan');
      assert.match(await reader.text(), /市町村別の回答の公開範囲は「協議会まで」です。/);
      await reader.visit('/results/2025/organization.plan');
      assert.deepEqual((await rowsOf(reader, '#values')).青森市, ['市・東青', '当年度中に策定予定']);
    });

    await step('a member reads the names, and compares', async () => {
      await member.visit('/results/2026/organization.plan');
      assert.deepEqual((await rowsOf(member, '#values')).青森市, ['市・東青', '策定済']);
      await member.visit('/compare');
      const { page } = member;
      await page.getByLabel('比較グループ', { exact: true }).selectOption('自分で選ぶ');
      await page.getByText('比べる団体を自分で選ぶ').click();
      for (const box of await page.getByRole('group', { name: '印を付けます' }).getByRole('checkbox').all()) {
        await box.uncheck();
      }
      await page.getByLabel('青森市', { exact: true }).check();
      await member.press('比べる');
      assert.match(await member.text(), /令和8年度（2026年度） 確定値 弘前市は、選んだ1団体と比べて.*遅れています/);
      assert.match(await member.text('.compare-peers'), /比べる団体：青森市。/);
    });

    await step('a mistake comes out: the round is taken up again with a reason, and what is published stays', async () => {
      await officer.visit('/desk/2026/publication');
      await officer.press('確認に戻す', { status: 422 });
      await officer.page.getByLabel('戻す理由').fill('弘前市から訂正の申出があったため');
      await officer.press('確認に戻す');
      await officer.visit('/desk/2026/022021');
      await sendBack(officer, 'ind_00_1', '訂正の申出がありました。');
      await mend(member, 'ind_00_1', '1');
      await member.press('提出する');
      await accept(officer, '弘前市');
      await finalize(officer, 2026);
      await reader.visit('/');
      assert.equal(await finding(reader), 'DXに取り組んでいる市町村は40のうち1（2.5％）');
    });

    await step('the correction is published with its reason', async () => {
      await officer.follow('公表の準備をする');
      await officer.press('訂正版を公表する', { status: 422 });
      assert.match(await officer.text('[aria-labelledby=acts]'), /公表する理由（何を訂正したか） ※必須 公表の履歴に表示され、誰でも読めます。 ＊理由を入力してください。/);
      await officer.page.getByLabel('公表する理由（何を訂正したか）').fill('弘前市の産-1を訂正しました。');
      await officer.press('訂正版を公表する');
      await reader.visit('/');
      assert.equal(await finding(reader), 'DXに取り組んでいる市町村は40のうち2（5.0％）');
    });

    await step('both revisions stay readable, and the second says what it corrected', async () => {
      const share = async () => (await rowsOf(reader, '#figures')).DXに取り組んでいる市町村の割合[0];
      await openRevision(reader, '第1版');
      assert.match(await reader.text('.facts'), /訂正版に置き換え/);
      assert.match(await share(), /2\.5％/);
      await openRevision(reader, '第2版');
      assert.match(await reader.text('.facts'), /公表中 訂正の理由 弘前市の産-1を訂正しました。/);
      assert.match(await share(), /5\.0％/);
      assert.match(await reader.text('[aria-labelledby=corrected]'), /弘前市 産-1 .* 取り組んでいない 取り組んでいる/);
    });

    await step('the next year is prepared from it, and its draft is what the desk shows', async () => {
      await officer.visit('/desk');
      assert.match(await officer.text('[aria-current=step]'), /公表/);
      await officer.follow('次の年度の調査を準備');
      assert.match(await officer.text(), /令和9年度（2027年度） ?の調査を準備する .*short_survey 2026\.1（11問）.*（4件）/);
      await officer.press('準備を始める');
      await officer.visit('/desk');
      assert.match(await officer.text('h1'), /令和9年度（2027年度） ?の調査/);
      assert.match(await officer.text('[aria-current=step]'), /準備/);
      assert.deepEqual(await officer.page.locator('.desk-years a').allInnerTexts(), [
        '令和8年度（2026年度）', '令和7年度（2025年度）',
      ]);
    });

    await step('it asks what this year asked, question by question', async () => {
      await officer.follow('調査票のページ');
      assert.match(await officer.text('#differences'), /令和8年度 ?の調査票との違い 追加 0問、廃止 0問、変更 0問、変更なし 11問。/);
    });

    for (const visitor of [officer, respondent, approver, member, reader]) await visitor.leave();
  });
}

/** The row of what was found about a question. */
function found(number) {
  return `.check tbody tr:has-text("${number}")`;
}

/** The heading of the public page. */
async function finding(visitor) {
  return (await visitor.text('h1')).replaceAll(' ', '');
}

/** Answers section by section, up to the check page. */
async function fillForm(visitor, wishes) {
  await throughSections(visitor, () => fillVisible(visitor, wishes));
}

/** Takes over last year's answers section by section, up to the check page. */
async function repeatLastYear(visitor) {
  await throughSections(visitor, () => visitor.press('この章の未回答をすべて前年と同じにする'));
}

async function throughSections(visitor, work) {
  await visitor.visit('/answer/2026');
  await visitor.follow('つづきから入力する');
  while (!visitor.page.url().endsWith('/check')) {
    await work();
    await visitor.press('保存して次へ');
  }
}

/** Changes the answer that was sent back, and goes on to the check page. */
async function mend(visitor, question, value) {
  await visitor.visit('/answer/2026');
  await visitor.onwards(() => visitor.page.locator('#returned a').click());
  await answer(visitor.page, question, value);
  await visitor.press('保存して一覧に戻る');
  await visitor.follow('内容を確認して提出する');
}

/** Approves what is asked for, and hands it in. */
async function approve(approver) {
  await approver.visit('/answer/2026');
  await approver.follow('内容を確認して承認する');
  await approver.press('承認して提出する');
}

/** Sends one question back from the page of the response. */
async function sendBack(officer, question, reason) {
  const row = officer.page.locator(`#a-${question}`);
  const box = row.getByLabel('この設問を差し戻す');
  if (!await box.isVisible()) await row.locator('summary').click();
  await box.check();
  await row.getByLabel('理由（市町村に伝わります）').fill(reason);
  await officer.press('差し戻す');
}

/** Answers the only inquiry of that list. */
async function reply(visitor, list, text) {
  await visitor.visit(list);
  await visitor.onwards(() => visitor.page.locator('tbody a').click());
  await visitor.page.locator('#text').fill(text);
  await visitor.press('返信を送る');
}

/** Accepts a response, from the board. */
async function accept(officer, municipality) {
  await officer.visit('/desk/2026');
  await officer.follow(municipality);
  await officer.press('受理する');
  assert.match(await officer.text('.facts'), /受理済み/);
}

/** Ends the checking. */
async function finalize(officer, year) {
  await officer.visit(`/desk/${year}`);
  await officer.press('回答を確定する');
  assert.match(await officer.text('[aria-current=step]'), /確定/);
}

/** Opens a revision of this year from the history of all. */
async function openRevision(visitor, name) {
  await visitor.visit('/publications');
  const ofThisYear = visitor.page.locator('[aria-labelledby=y2026]');
  await visitor.onwards(() => ofThisYear.getByRole('link', { name }).click());
}
