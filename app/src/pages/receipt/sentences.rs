//! The own place in words.

use super::position::{Position, PositionRow};

/// The finding over the comparison.
pub fn heading(position: &Position) -> String {
    let year = position.year.wareki();
    match position.rows.first() {
        Some(PositionRow { own: Some(own), rank: Some((place, of, _)), .. }) => {
            format!("{year}の実施している取組は{own}、人口の近い{of}団体中{place}番目")
        }
        _ => format!("人口の近い{}団体との比較（{year}）", position.peers.len()),
    }
}

/// Whom it is compared with, how it stands, and how it stands now (or where it stands out).
pub fn sentences(position: &Position) -> Vec<String> {
    let Position { year, peers, responded, rows, .. } = position;
    let missing = peers.len() - responded;
    let answered =
        if missing == 0 { String::new() } else { format!("このうち{missing}団体は未提出です。") };
    let mut lines = vec![format!(
        "{year}の回答を、人口が最も近い{}団体（{}）と比べました。{answered}",
        peers.len(),
        peers.join("、")
    )];
    let Some(all) = rows.first() else { return lines };
    lines.push(match (all.own, all.median) {
        (None, _) => format!("{}は回答がないため、順位はありません。", year.wareki()),
        (Some(own), None) if all.answered == 0 => {
            format!("実施している取組は{own}です。比べる回答がないため、順位はありません。")
        }
        (Some(own), None) => format!("実施している取組は{own}です。比べられる団体が少ないため、順位は示しません。"),
        (Some(own), Some(median)) => {
            let difference = own.points_since(median).map(|points| format!("との差は{points}")).unwrap_or_default();
            let place = match all.rank {
                None => "比べられる団体が少ないため、順位は示しません。".to_owned(),
                Some((place, of, 0)) => format!("{of}団体中{place}番目です。"),
                Some((place, of, equal)) => format!("{of}団体中{place}番目です（同じ値がほかに{equal}団体）。"),
            };
            format!("実施している取組は{own}で、{}団体の中央値{median}{difference}です。{place}", all.answered)
        }
    });
    match (all.now, all.own) {
        (Some(now), Some(own)) => {
            let difference = now.points_since(own).map(|points| format!("で、{}より{points}", year.wareki()));
            lines.push(format!("今回の回答では{now}{}です。", difference.unwrap_or_default()));
        }
        (Some(now), None) => lines.push(format!("今回の回答では{now}です。")),
        (None, _) => lines.extend(extremes(rows)),
    }
    lines
}

/// The sections that stand highest above and lowest below the median.
fn extremes(rows: &[PositionRow]) -> Option<String> {
    let gaps: Vec<_> =
        rows.iter().skip(1).filter_map(|row| Some((row.label(), row.own?.points_since(row.median?)?))).collect();
    let highest = gaps.iter().max_by_key(|(_, points)| *points)?;
    let lowest = gaps.iter().min_by_key(|(_, points)| *points)?;
    (highest.1 != lowest.1).then(|| {
        format!(
            "中央値と比べて最も高いのは{}（{}）、最も低いのは{}（{}）です。",
            highest.0, highest.1, lowest.0, lowest.1
        )
    })
}

pub fn legend(position: &Position, municipality: &str) -> String {
    let own = if position.rows.iter().any(|row| row.own.is_some()) {
        format!("◆ {municipality}、")
    } else {
        String::new()
    };
    let now = if position.rows.iter().any(|row| row.now.is_some()) { "、□ 今回の回答" } else { "" };
    format!("実施している取組の割合。{own}○ 比べた団体、縦の線 中央値{now}。")
}

#[cfg(test)]
mod tests {
    use super::super::position::samples::{position, row};
    use super::*;

    #[test]
    fn three_sentences_say_among_whom_where_and_since() {
        let lines = sentences(&position(vec![row(None, Some(30), Some(35))]));
        assert_eq!(
            lines,
            [
                "令和7年度（2025年度）の回答を、人口が最も近い7団体（八戸市、五所川原市、十和田市、むつ市、三沢市、黒石市、つがる市）と比べました。このうち2団体は未提出です。",
                "実施している取組は44.8％で、5団体の中央値35.8％との差は＋9.0ポイントです。6団体中3番目です。",
                "今回の回答では52.2％で、令和7年度より＋7.5ポイントです。",
            ]
        );
        let lines = sentences(&position(vec![
            row(None, Some(30), None),
            row(Some("産業・しごと"), Some(20), None),
            row(Some("行政経営"), Some(40), None),
        ]));
        assert_eq!(
            lines[2],
            "中央値と比べて最も高いのは行政経営（＋23.9ポイント）、最も低いのは産業・しごと（△6.0ポイント）です。"
        );
    }

    #[test]
    fn without_an_own_answer_or_among_too_few_no_rank_is_made_up() {
        let lines = sentences(&position(vec![row(None, None, Some(35))]));
        assert_eq!(lines[1..], ["令和7年度は回答がないため、順位はありません。", "今回の回答では52.2％です。"]);
        let few = PositionRow { rank: None, ..row(None, Some(30), None) };
        assert!(sentences(&position(vec![few.clone()]))[1].ends_with("比べられる団体が少ないため、順位は示しません。"));
        assert_eq!(heading(&position(vec![few])), "人口の近い7団体との比較（令和7年度）");
        let alone = PositionRow { rank: None, median: None, peers: vec![], answered: 0, ..row(None, Some(30), None) };
        assert!(sentences(&position(vec![alone]))[1].ends_with("比べる回答がないため、順位はありません。"));
        let equal = PositionRow { rank: Some((3, 6, 2)), ..row(None, Some(30), None) };
        assert!(sentences(&position(vec![equal]))[1].ends_with("6団体中3番目です（同じ値がほかに2団体）。"));
    }
}
