//! `shirabe indicator`: definitions, and published figures computed anew.

use std::process::Command;

use tests::Installation;

/// Runs Python on the demonstration's database, for what the program itself never does.
fn tamper(installation: &Installation, script: &str) {
    let prelude = "import hashlib, json, sqlite3, sys\n\
                   c = sqlite3.connect(sys.argv[1])\n\
                   def publication(year):\n    \
                       return json.loads(c.execute('SELECT snapshot FROM publication WHERE year = ?', (year,)).fetchone()[0])\n\
                   def keep(year, snapshot, rehash):\n    \
                       text = snapshot if isinstance(snapshot, str) else json.dumps(snapshot, ensure_ascii=False)\n    \
                       c.execute('UPDATE publication SET snapshot = ? WHERE year = ?', (text, year))\n    \
                       if rehash: c.execute('UPDATE publication SET sha256 = ? WHERE year = ?', (hashlib.sha256(text.encode()).hexdigest(), year))\n\
                   for (name,) in c.execute(\"SELECT name FROM sqlite_master WHERE type = 'trigger'\").fetchall():\n    \
                       c.execute(f'DROP TRIGGER {name}')\n";
    let done = Command::new("python3")
        .args(["-c", &format!("{prelude}{script}\nc.commit()\nc.close()\n")])
        .arg(installation.file("demo.db"))
        .output()
        .expect("python3 is missing. Run: sudo apt-get install --yes python3");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn wrong(installation: &Installation) -> Vec<String> {
    let ended = installation.run(&["indicator", "verify"]);
    assert_eq!(ended.code, 1, "{}{}", ended.stdout, ended.stderr);
    assert!(ended.stderr.contains("一致しませんでした"), "{}", ended.stderr);
    ended.stdout.lines().filter(|line| line.starts_with("不一致\t")).map(str::to_owned).collect()
}

#[test]
fn every_published_figure_is_computed_anew_and_found_the_same() {
    let demo = Installation::demo();
    let said = demo.run(&["indicator", "verify"]).done();
    for year in [2023, 2024, 2025] {
        for place in [
            "SHA-256",
            "engaged-any v1",
            "engaged-any v1 の定義",
            "engaged-any v1 産業・しごと",
            "engaged-two v1",
            "engaged-all v1",
            "engaged-industry v1",
            "half-of-areas v1",
            "stage-digitalization v1",
            "市町村別・分野別の判定",
        ] {
            let line = format!("一致\t{year}\t第1版\t{place}\t");
            assert!(said.lines().any(|said| said.starts_with(&line)), "{line}: {said}");
        }
    }
    assert!(said.ends_with("件を照合しました。すべて一致しました。\n") && !said.contains("不一致"), "{said}");
    let one = demo.run(&["indicator", "verify", "--year", "2024"]).done();
    assert_eq!(one.lines().count() - 1, said.lines().filter(|line| line.contains("\t2024\t")).count());
}

#[test]
fn without_a_publication_there_is_nothing_to_verify() {
    let prepared = Installation::prepared();
    assert_eq!(prepared.run(&["indicator", "verify"]).done(), "公表された調査はありません。\n");
    assert!(prepared.run(&["indicator", "verify", "--year", "2026"]).refused(1).contains("公表はありません"));
    prepared.run(&["indicator", "verify", "--year", "昨年"]).refused(2);
}

#[test]
fn whatever_was_changed_in_the_database_is_named_with_its_place() {
    // A count, without its hash.
    let demo = Installation::demo();
    tamper(&demo, "s = publication(2024)\ns['indicators'][0]['outcome']['engaged'] += 1\nkeep(2024, s, False)");
    let found = wrong(&demo);
    assert!(found.iter().any(|line| line.starts_with("不一致\t2024\t第1版\tSHA-256\t公表：")), "{found:?}");
    assert!(found.iter().any(|line| line.contains("\t2024\t第1版\tengaged-any v1\t公表：")), "{found:?}");
    assert_eq!(found.len(), 2);

    // The same with its hash.
    let demo = Installation::demo();
    tamper(&demo, "s = publication(2024)\ns['indicators'][0]['outcome']['engaged'] += 1\nkeep(2024, s, True)");
    let found = wrong(&demo);
    assert!(matches!(found.as_slice(), [one] if one.contains("engaged-any v1\t公表：")), "{found:?}");
    demo.run(&["indicator", "verify", "--year", "2025"]).done();

    // An answer, with its hash: every figure that rests on it.
    let demo = Installation::demo();
    let script = "s = publication(2025)\n\
                  place = [q['concept'] for q in s['questions']].index('engaged.industry')\n\
                  m = next(m for m in s['municipalities'] if m['fields']['industry'] == 'engaged')\n\
                  m['cells'][place] = {'value': {'choice': '4'}}\n\
                  keep(2025, s, True)";
    tamper(&demo, script);
    let found = wrong(&demo);
    for place in ["engaged-industry v1\t", "分野別の判定\t", "engaged-any v1 産業・しごと\t"] {
        assert!(found.iter().any(|line| line.contains(place)), "{place}: {found:?}");
    }

    // A definition, in the snapshot and its hash.
    let demo = Installation::demo();
    let script = "s = publication(2023)\n\
                  d = next(i for i in s['indicators'] if i['definition']['id'] == 'engaged-two')\n\
                  d['definition']['rule']['quota'] = 'all'\n\
                  keep(2023, s, True)";
    tamper(&demo, script);
    let found = wrong(&demo);
    assert!(found.iter().any(|line| line.contains("engaged-two v1 の定義\t")), "{found:?}");
    assert!(found.iter().all(|line| line.contains("\t2023\t第1版\tengaged-two v1")), "{found:?}");

    // What can no longer be read, and what is no longer there.
    let demo = Installation::demo();
    tamper(&demo, "keep(2023, '{', True)\nc.execute('DELETE FROM publication WHERE year = 2025')");
    let found = wrong(&demo);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("\t2023\t") && found[0].contains("読み取れません"), "{found:?}");
    assert!(found[1].contains("\t2025\t") && found[1].contains("ありません"), "{found:?}");
}

#[test]
fn snapshots_of_the_first_form_are_still_read_and_give_the_same_figures() {
    let demo = Installation::demo();
    // As the first snapshots wrote their definitions.
    let script = "for year in (2023, 2024, 2025):\n    \
                      s = publication(year)\n    \
                      kept = []\n    \
                      for i in s['indicators']:\n        \
                          d = i['definition']\n        \
                          if d['id'] in ('half-of-areas', 'stage-digitalization'): continue\n        \
                          fields = d['rule']['fields']\n        \
                          quota = d['rule']['quota']\n        \
                          k = 1 if quota == 'any' else len(fields) if quota == 'all' else int(quota.split()[-1])\n        \
                          d['rule'] = {'at_least': k, 'of': [f['field'] for f in fields]}\n        \
                          d['engaged_questions'] = {f['field']: f['question'] for f in fields}\n        \
                          d['engaged_choices'] = d.pop('counts')['choices']\n        \
                          d['valid_to'] = None\n        \
                          del d['treatment'], d['denominator']\n        \
                          kept.append(i)\n    \
                      s['indicators'] = kept\n    \
                      keep(year, s, True)";
    tamper(&demo, script);
    assert!(demo.run(&["indicator", "verify"]).done().contains("一致\t2023\t第1版\tengaged-all v1\t"));
}

#[test]
fn definitions_are_listed_and_new_ones_are_checked() {
    let demo = Installation::demo();
    let listed = demo.run(&["indicator", "list"]).done();
    assert!(
        listed.starts_with("engaged-any\t1\t公式\t令和5年度（2023年度）から\tDXに取り組んでいる市町村の割合\n"),
        "{listed}"
    );
    assert!(listed.contains("half-of-areas\t1\t参考\t"), "{listed}");
    assert_eq!(listed.lines().count(), 8);

    let seed = tests::program::repository().join("seeds/indicators/engaged-any.v1.toml");
    let first = std::fs::read_to_string(seed).unwrap();
    let file = demo.file("new.toml");
    let import = |text: &str| {
        std::fs::write(&file, text).unwrap();
        demo.run(&["indicator", "import", file.to_str().unwrap()])
    };
    let second = first.replace("version = 1", "version = 2");
    for (text, words) in [
        (first.clone(), "公表済み"),
        (second.clone(), "公表済み"),
        (first.replace("version = 1", "version = 3").replace("2023", "2026"), "version を2に"),
        (first.replace("engaged-any", "other").replace("2023", "2026"), "公式の定義が2つ以上"),
        (second.replace("2023", "2026").replace("\"any\"", "\"at least 4\""), "必要数"),
        (second.replace("2023", "2026").replace("\"any\"", "\"some\""), "「some」は必要数として"),
    ] {
        let said = import(&text).refused(1);
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(demo.run(&["indicator", "list"]).done(), listed);
    import(&second.replace("2023", "2026")).done();
    assert!(demo.run(&["indicator", "list"]).done().contains("engaged-any\t2\t公式\t令和8年度"));
    demo.run(&["indicator", "verify"]).done();
    demo.run(&["indicator", "import", "nowhere.toml"]).refused(1);
}
