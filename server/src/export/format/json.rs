//! JSON: one document that says where it comes from, or a line a row.

use std::io::{self, BufWriter, Write};

use super::Export;
use crate::export::table::{Table, Value};

/// `{"manifest": …, "rows": [ … ]}`, an object a row.
pub fn write(export: &Export, rows: u64, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    out.write_all(b"{\"manifest\":")?;
    serde_json::to_writer(&mut out, &export.provenance.manifest(export.table.as_ref(), rows))?;
    out.write_all(b",\n\"rows\":[")?;
    let mut before: &[u8] = b"\n";
    objects(export.table.as_ref(), &mut |object| {
        out.write_all(before)?;
        before = b",\n";
        out.write_all(object)
    })?;
    out.write_all(b"\n]}\n")?;
    out.flush()
}

/// An object a line. Where the rows come from stands in the manifest beside the file.
pub fn write_lines(table: &dyn Table, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    objects(table, &mut |object| {
        out.write_all(object)?;
        out.write_all(b"\n")
    })?;
    out.flush()
}

/// Each row as an object with every column; what is empty is `null`.
fn objects(table: &dyn Table, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let keys: Vec<String> =
        table.columns().iter().map(|column| serde_json::to_string(&column.name)).collect::<Result<_, _>>()?;
    let mut object = Vec::new();
    table.rows(&mut |values| {
        object.clear();
        for (place, (key, value)) in keys.iter().zip(values).enumerate() {
            object.push(if place == 0 { b'{' } else { b',' });
            object.extend_from_slice(key.as_bytes());
            object.push(b':');
            match value {
                Value::Empty => object.extend_from_slice(b"null"),
                Value::Text(text) => serde_json::to_writer(&mut object, text)?,
                Value::Integer(number) => write!(object, "{number}")?,
                // Its digits are a JSON number.
                Value::Decimal(digits) => object.extend_from_slice(digits.as_bytes()),
            }
        }
        object.push(b'}');
        take(&object)
    })
}
