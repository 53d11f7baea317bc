//! The years side by side.

use shared::fiscal_year::FiscalYear;
use shared::tabulation::{Comparability, Frequency, Refusal};

use super::change::{self, Before};
use super::finding::{Lead, lead, subtitle};
use super::parts::{Line, Parts};
use super::{Asked, Name};
use crate::chart::Chart;
use crate::chart::diverging::DivergingBars;
use crate::exhibit::Exhibit;
use crate::exhibit::years::{self, MarkedYear};

/// So many years stand side by side, the one asked for last.
const YEARS: usize = 5;

/// A year beside the one asked for.
struct Beside {
    year: FiscalYear,
    comparability: Comparability,
    table: Result<Frequency, Refusal>,
}

/// The years, the latest one last.
pub fn years(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let now = asked.frequency()?;
    let beside = beside(asked);
    let (lines, years) = lines(asked, &beside);
    let parts = Parts::of(asked.variable, &lines);
    let mut notes = parts.notes(&lines);
    notes.extend(beside.iter().filter_map(note));
    let mut exhibit = exhibit(asked, Name::Years, &now, &lines, notes);
    years::apart_with_marks(&mut exhibit.table, &years);
    exhibit.chart = parts.chart(&lines);
    Ok(exhibit)
}

/// Stages to the left and to the right of 実施予定.
pub fn stages(asked: &Asked<'_>) -> Result<Exhibit, Refusal> {
    let now = asked.frequency()?;
    let beside: Vec<Beside> =
        beside(asked).into_iter().filter(|one| one.comparability == Comparability::Comparable).collect();
    let (lines, years) = lines(asked, &beside);
    let parts = Parts::of(asked.variable, &lines);
    let mut exhibit = exhibit(asked, Name::Stages, &now, &lines, parts.notes(&lines));
    years::apart_with_marks(&mut exhibit.table, &years);
    exhibit.finding = stage_finding(&now);
    let bars = parts.bars(&lines);
    exhibit.chart = lines.iter().any(|line| line.table.register > 0).then_some(Chart::Diverging(DivergingBars {
        bars,
        negative: 2,
        neutral: Some(2),
    }));
    Ok(exhibit)
}

/// 「始めている市町村（一部実施・実証中を含む）は40のうち12（30.0％）」
fn stage_finding(now: &Frequency) -> Vec<String> {
    let sum = |codes: std::ops::Range<usize>| -> Option<u32> {
        codes.map(|code| now.choices.get(code).and_then(|count| count.shown())).sum()
    };
    match (sum(3..5), now.register) {
        (_, 0) => vec!["条件に当てはまる市町村はありません。".to_owned()],
        (None, _) => vec!["段階ごとの数の一部を".to_owned(), "秘匿しています。".to_owned()],
        (Some(doing), register) => vec![
            "一部実施以上の市町村は".to_owned(),
            format!("{register}のうち"),
            format!("{doing}（{}）です。", shared::share::Share::new(doing, register)),
        ],
    }
}

fn beside(asked: &Asked<'_>) -> Vec<Beside> {
    let until = asked.slab.year();
    let years = asked.cube.years().iter().filter(|slab| slab.year() <= until);
    let slabs: Vec<_> = years.rev().take(YEARS).collect();
    let one = |slab: &&shared::tabulation::YearSlab| Beside {
        year: slab.year(),
        comparability: if slab.year() == until {
            Comparability::Comparable
        } else {
            asked.variable.comparability(slab.year(), until)
        },
        table: asked.reader.frequency(slab, asked.variable, asked.filter),
    };
    slabs.iter().rev().map(one).collect()
}

/// What can stand in one picture: not what was answered in another form.
fn lines(asked: &Asked<'_>, beside: &[Beside]) -> (Vec<Line>, Vec<MarkedYear>) {
    let line = |one: &Beside| {
        let table = one.table.as_ref().ok()?;
        let drawn = one.comparability != Comparability::KindDiffers;
        let incomparable = match one.comparability {
            Comparability::Comparable | Comparability::NotAsked => false,
            Comparability::KindDiffers | Comparability::ChoicesDiffer | Comparability::Forbidden => true,
        };
        let year = asked.marked(one.year, incomparable);
        drawn.then(|| {
            let emphasis = one.year == asked.slab.year();
            (Line { label: super::year_label(year), href: None, table: table.clone(), emphasis }, year)
        })
    };
    beside.iter().filter_map(line).unzip()
}

/// Why a year is missing, or cannot be compared.
fn note(one: &Beside) -> Option<String> {
    let year = one.year.wareki();
    match (&one.table, one.comparability) {
        (Err(refusal), _) => Some(format!("{year}：{refusal}")),
        (Ok(_), Comparability::Comparable) => None,
        (Ok(_), Comparability::NotAsked) => Some(format!("{year}：この設問を聞いていません。")),
        (Ok(_), reason) => Some(format!("{year}：{}", reason.sentence())),
    }
}

fn exhibit(asked: &Asked<'_>, name: Name, now: &Frequency, lines: &[Line], notes: Vec<String>) -> Exhibit {
    let parts = Parts::of(asked.variable, lines);
    let caption = format!("年度ごとの{}市町村数", asked.group());
    Exhibit {
        id: name.code().to_owned(),
        finding: heading(asked, now),
        subtitle: subtitle(now, &asked.group()),
        chart: None,
        table: parts.table(caption, "年度", lines),
        notes,
        source: asked.source.to_owned(),
        computation: Some(asked.computation()),
        address: Some(asked.address(name)),
        demonstration: asked.demonstration,
    }
}

fn heading(asked: &Asked<'_>, now: &Frequency) -> Vec<String> {
    let code = match lead(now) {
        Lead::One { code, .. } => Some(code),
        Lead::Tie { .. } | Lead::Nobody | Lead::NotAsked | Lead::NoAnswer | Lead::Hidden => None,
    };
    match (code, before(asked)) {
        (Some(code), Some(before)) => vec![change::sentence(asked.variable, code, now, &before)],
        (None, _) | (_, None) => asked.finding_or(Name::Years),
    }
}

/// The year before.
pub fn before(asked: &Asked<'_>) -> Option<Before> {
    let slab = asked.cube.year_before(asked.slab.year())?;
    Some(Before {
        year: slab.year(),
        comparability: asked.variable.comparability(slab.year(), asked.slab.year()),
        table: asked.reader.frequency(slab, asked.variable, asked.filter),
    })
}
