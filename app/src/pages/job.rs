//! `/jobs/{id}`: how far something is that takes long, or what came of it.

use leptos::either::EitherOf4;
use leptos::prelude::*;
use shared::job::JobKind;

use crate::components::format;

/// What takes long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Address of this page.
    pub address: String,
    /// What kind of work it is.
    pub kind: JobKind,
    /// What is done: dataset, period and form, or a file's name.
    pub title: String,
    /// How far it is.
    pub standing: JobStanding,
}

/// How far a job is, or what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobStanding {
    /// Others are done before.
    Waiting,
    /// It is under way: how many are done of how many, once that is known.
    Running(Option<(u64, u64)>),
    /// A file can be fetched.
    File {
        /// Its size.
        bytes: u64,
        /// How much it holds, in the kind's unit.
        count: u64,
        /// Its SHA-256, in hexadecimal.
        sha256: String,
        /// It has a manifest.
        described: bool,
    },
    /// Accounts were added.
    Accounts {
        /// How many.
        added: u64,
        /// How many of the file were there before.
        known: u64,
    },
    /// Somebody stopped it.
    Stopped,
    /// It cannot be done, and why, a line each.
    Refused(Vec<String>),
    /// The server failed.
    Failed,
}

/// How far a job is, or what came of it.
#[component]
pub fn JobPage(
    /// What it shows.
    model: Job,
) -> impl IntoView {
    let Job { address, kind, title, standing } = model;
    let unit = kind.unit();
    let again = |reasons: Vec<String>| {
        let list = (!reasons.is_empty()).then(|| {
            let items = reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
            view! { <ul>{items}</ul> }
        });
        EitherOf4::D(view! { {list} <p>"必要なときは、元の画面からもう一度行ってください。"</p> })
    };
    let (sentence, part) = match standing {
        JobStanding::Waiting => {
            ("順番を待っています。".to_owned(), EitherOf4::A(view! { <Watched address counts=None /> }))
        }
        JobStanding::Running(counts) => (so_far(counts, unit), EitherOf4::A(view! { <Watched address counts /> })),
        JobStanding::File { bytes, count, sha256, described } => {
            let count = format::thousands(count);
            let sentence = format!("ファイルができました（{count}{unit}、{}）。", format::bytes(bytes));
            let file = format!("{address}/file");
            let manifest = described.then(|| {
                view! {
                    <dt>"出どころ"</dt>
                    <dd><a href=format!("{file}-metadata.json")>"年度、公表の版、列、ハッシュ値など（JSON）"</a></dd>
                }
            });
            let fetch = view! {
                <p class="actions"><a class="button button--primary" href=file download>"ダウンロードする"</a></p>
                <dl class="facts">
                    <dt>"SHA-256"</dt>
                    <dd class="hash">{sha256}</dd>
                    {manifest}
                </dl>
                <p>"1日ほどで消えます。必要なときは、もう一度作成してください。"</p>
            };
            (sentence, EitherOf4::B(fetch))
        }
        JobStanding::Accounts { added, known } => {
            let before = (known > 0).then(|| format!("登録済みの{}件は変えていません。", format::thousands(known)));
            let sentence = format!("{}件のアカウントを追加しました。", format::thousands(added));
            let next = view! {
                <p>{before} "招待状を作って渡すと、パスワードを設定してログインできるようになります。"</p>
                <p class="actions">
                    <a class="button button--primary" href="/desk/accounts?standing=uninvited">"招待状を作る人を選ぶ"</a>
                </p>
            };
            (sentence, EitherOf4::C(next))
        }
        JobStanding::Stopped => ("止めました。".to_owned(), again(Vec::new())),
        JobStanding::Refused(reasons) => {
            let sentence = match kind {
                JobKind::Accounts => "次の理由で、何も追加していません。",
                JobKind::Report | JobKind::Site | JobKind::Export => "次の理由で、作成できませんでした。",
            };
            (sentence.to_owned(), again(reasons))
        }
        JobStanding::Failed => ("サーバーの不具合のため、できませんでした。".to_owned(), again(Vec::new())),
    };
    let (back, words) = match kind {
        JobKind::Accounts => ("/desk/accounts", "アカウントの画面に戻る"),
        JobKind::Report | JobKind::Site => ("/desk", "県の管理に戻る"),
        JobKind::Export => ("/data", "データの画面に戻る"),
    };
    view! {
        <h1>{kind.label()}</h1>
        <p class="page-lead">{title}</p>
        <p id="job-state">{sentence}</p>
        {part}
        <p><a href=back>{words}</a></p>
    }
    .into_any()
}

fn so_far(counts: Option<(u64, u64)>, unit: &str) -> String {
    match counts {
        None => "準備しています。".to_owned(),
        Some((done, total)) if done < total => {
            let (done, total) = (format::thousands(done), format::thousands(total));
            format!("{total}{unit}のうち{done}{unit}が終わりました。")
        }
        Some(_) => "仕上げをしています。".to_owned(),
    }
}

#[component]
fn Watched(address: String, counts: Option<(u64, u64)>) -> impl IntoView {
    let bar = counts.map(|(done, total)| {
        view! { <progress class="job-progress" max=total.max(1).to_string() value=done.to_string() aria-labelledby="job-state"></progress> }
    });
    let stop = format!("{address}/stop");
    view! {
        {bar}
        <p>
            "この画面は3秒ごとに新しくなります。閉じても処理は続き、サーバーが再起動したときは自動で最初からやり直します。"
            <a href=address>"今の状況を表示する"</a>
        </p>
        <form method="post" action=stop>
            <button class="button" type="submit">"止める"</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::question::samples::plain;

    fn page(kind: JobKind, standing: JobStanding) -> String {
        let (address, title) = ("/jobs/1".to_owned(), "回答（全年度、Excel）".to_owned());
        plain(view! { <JobPage model=Job { address, kind, title, standing } /> })
    }

    #[test]
    fn what_is_under_way_can_be_watched_and_stopped() {
        let running = page(JobKind::Export, JobStanding::Running(Some((1_200, 280_000))));
        assert!(running.contains("280,000行のうち1,200行"), "{running}");
        assert!(running.contains("max=\"280000\" value=\"1200\"") && running.contains("action=\"/jobs/1/stop\""));
        assert!(page(JobKind::Site, JobStanding::Running(Some((5, 5)))).contains("仕上げを"));
        for standing in [JobStanding::Waiting, JobStanding::Running(None)] {
            let page = page(JobKind::Report, standing);
            assert!(page.contains("/stop") && !page.contains("<progress"), "{page}");
        }
    }

    #[test]
    fn what_came_of_it_stays_to_be_fetched_or_read() {
        let file = |described| JobStanding::File { bytes: 2_000_000, count: 5, sha256: "00ff".to_owned(), described };
        let made = page(JobKind::Export, file(true));
        assert!(made.contains("href=\"/jobs/1/file\"") && made.contains("5行、") && !made.contains("/stop"), "{made}");
        assert!(made.contains("00ff") && made.contains("href=\"/jobs/1/file-metadata.json\""), "{made}");
        let undescribed = page(JobKind::Site, file(false));
        assert!(undescribed.contains("00ff") && !undescribed.contains("metadata.json"), "{undescribed}");
        let added = page(JobKind::Accounts, JobStanding::Accounts { added: 1_200, known: 3 });
        assert!(added.contains("1,200件のアカウントを追加") && added.contains("登録済みの3件"), "{added}");
        assert!(added.contains("href=\"/desk/accounts?standing=uninvited\""));
        assert!(page(JobKind::Site, JobStanding::Stopped).contains("止めました"));
        let refused = page(JobKind::Accounts, JobStanding::Refused(vec!["a.csv 3行目: <誤り>".to_owned()]));
        assert!(
            refused.contains("<li>a.csv 3行目: &lt;誤り&gt;</li>") && refused.contains("何も追加して"),
            "{refused}"
        );
    }
}
