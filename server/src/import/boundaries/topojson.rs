//! TopoJSON: polygons of arcs, which neighbours share.
//!
//! Source: M. Bostock and others, *The TopoJSON Format Specification* 1.0: arcs are delta-encoded where there is a
//! transform; an arc's number `n < 0` means arc `!n` turned around; the last position of an arc is the first of the next.

use std::collections::BTreeMap;

use serde::Deserialize;
use shared::boundary::{Position, Ring};

use super::codes::{Codes, Written};
use super::nested::{Nested, Numbers, Place, UNEVEN};
use super::{Feature, MOST_POSITIONS, Unreadable, position, ring, too_many_positions, written};

#[derive(Deserialize)]
struct Topology {
    objects: BTreeMap<String, Object>,
    arcs: Vec<Vec<Nested<Place>>>,
    transform: Option<Transform>,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    geometries: Vec<Given>,
}

#[derive(Deserialize)]
struct Given {
    id: Option<Written>,
    properties: Option<Codes>,
    #[serde(rename = "type")]
    kind: String,
    /// By number.
    arcs: Option<Nested<Numbers>>,
}

type Arc = Vec<Option<Position>>;

pub(super) fn features(bytes: &[u8]) -> Result<Vec<Feature>, Unreadable> {
    let topology: Topology = serde_json::from_slice(bytes)?;
    let arcs: Vec<Arc> = topology.arcs.iter().map(|arc| decoded(arc, topology.transform.as_ref())).collect();
    // Many rings may name one arc: how long they all are is found before any is put together.
    let named = topology.objects.values().flat_map(|object| &object.geometries).filter_map(|given| given.arcs.as_ref());
    if named.map(|nested| length(nested, &arcs)).fold(0, usize::saturating_add) > MOST_POSITIONS {
        return Err(too_many_positions());
    }
    let mut features = Vec::new();
    for (name, object) in topology.objects {
        for (place, given) in object.geometries.into_iter().enumerate() {
            features.push(Feature {
                place: format!("objects.{name}.geometries[{place}]"),
                code: written(given.id, given.properties),
                rings: rings(&given.kind, given.arcs, &arcs),
            });
        }
    }
    Ok(features)
}

/// An arc's positions.
fn decoded(arc: &[Nested<Place>], transform: Option<&Transform>) -> Arc {
    let (mut x, mut y) = (0.0, 0.0);
    let place = |given: &Nested<Place>| {
        let Nested::Leaf([longitude, latitude]) = *given else { return None };
        let Some(Transform { scale, translate }) = transform else { return position(longitude, latitude) };
        x += longitude;
        y += latitude;
        position(x * scale[0] + translate[0], y * scale[1] + translate[1])
    };
    arc.iter().map(place).collect()
}

/// The arc of that number.
fn arc(number: i64, arcs: &[Arc]) -> Option<&Arc> {
    arcs.get(usize::try_from(if number < 0 { !number } else { number }).ok()?)
}

/// How many positions the arcs of those numbers have.
fn length(nested: &Nested<Numbers>, arcs: &[Arc]) -> usize {
    match nested {
        Nested::Number(_) => 0,
        Nested::Leaf(numbers) => numbers.iter().filter_map(|number| arc(*number, arcs)).map(Vec::len).sum(),
        Nested::List(list) => list.iter().map(|nested| length(nested, arcs)).fold(0, usize::saturating_add),
    }
}

fn rings(kind: &str, named: Option<Nested<Numbers>>, arcs: &[Arc]) -> Result<Vec<Ring>, String> {
    let polygons = match (kind, named) {
        ("Polygon", Some(polygon)) => vec![polygon],
        ("MultiPolygon", Some(polygons)) => polygons.into_list()?,
        ("Polygon" | "MultiPolygon", None) => return Err("弧の番号がありません。".to_owned()),
        _ => return Err("PolygonかMultiPolygonではありません。".to_owned()),
    };
    let mut rings = Vec::new();
    for polygon in polygons {
        for numbers in polygon.into_list()? {
            let Nested::Leaf(numbers) = numbers else { return Err(UNEVEN.to_owned()) };
            rings.extend(ring(joined(&numbers, arcs)?.into_iter())?);
        }
    }
    Ok(rings)
}

/// The positions of arcs, one behind the other.
fn joined(numbers: &[i64], arcs: &[Arc]) -> Result<Arc, String> {
    let mut positions: Arc = Vec::new();
    for number in numbers {
        let Some(arc) = arc(*number, arcs) else { return Err(format!("弧{number}がありません。")) };
        positions.pop();
        if *number < 0 {
            positions.extend(arc.iter().rev());
        } else {
            positions.extend(arc);
        }
    }
    Ok(positions)
}
