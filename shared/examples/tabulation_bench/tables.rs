//! Single tables, as a page asks for them: of every variable and year, for a reader from whom values are suppressed.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use shared::tabulation::{Attribute, CodeSet, Cube, Filter, Reader};
use shared::visibility::Visibility;

/// Each table is made so often, and its best time counts: what else the machine does is no property of the table.
const TRIES: u32 = 3;

/// Milliseconds of the slowest table of each kind.
pub fn slowest(cube: &Cube) -> Result<BTreeMap<&'static str, f64>, String> {
    let (member, public) = (Reader::new(Visibility::Prefecture), Reader::new(Visibility::Public));
    let engaged = CodeSet::new([3, 4]);
    let everybody = Filter::default();
    let mut slowest: BTreeMap<&'static str, f64> = BTreeMap::new();
    let mut time = |kind: &'static str, make: &dyn Fn() -> bool| {
        let mut best = f64::INFINITY;
        for _ in 0..TRIES {
            let start = Instant::now();
            if !black_box(make()) {
                return Err(format!("no {kind}"));
            }
            best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        }
        let worst = slowest.entry(kind).or_default();
        *worst = worst.max(best);
        Ok(())
    };
    let first = cube.variables().first().ok_or("no variable")?;
    for slab in cube.years() {
        let before = cube.year_before(slab.year());
        for variable in cube.variables() {
            time("frequency", &|| public.frequency(slab, variable, &everybody).is_ok())?;
            time("crosstab by prefecture, suppressed", &|| {
                public.crosstab(slab, variable, Attribute::Prefecture, &everybody).is_ok()
            })?;
            time("crosstab by another question", &|| {
                member.crosstab_by_answers(slab, variable, first, &everybody).is_ok()
            })?;
            time("weights by population", &|| member.weighted(slab, variable, &everybody).is_ok())?;
            if let Some(before) = before {
                time("transition, by name", &|| member.transition(cube, variable, (before, slab), &engaged).is_ok())?;
            }
        }
    }
    Ok(slowest)
}
