//! What is wrong with a file, and where.

use std::fmt;

use super::ImportError;

/// So many faults are listed; the rest is only said to be there.
const LISTED: usize = 50;

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1; `None` for the file as a whole.
    pub line: Option<u64>,
    /// The column's heading, where one cell is at fault.
    pub column: Option<String>,
    /// What is wrong and what to do.
    pub message: String,
}

/// The faults of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    file: String,
    listed: Vec<Fault>,
    more: usize,
}

impl Faults {
    /// None yet.
    pub fn new(file: &str) -> Self {
        Self { file: file.to_owned(), listed: Vec::new(), more: 0 }
    }

    /// Notes a fault of the file as a whole.
    pub fn whole(&mut self, message: impl Into<String>) {
        self.note(None, None, message.into());
    }

    /// Notes a fault of a line.
    pub fn row(&mut self, line: u64, message: impl Into<String>) {
        self.note(Some(line), None, message.into());
    }

    /// Notes a fault of a cell.
    pub fn cell(&mut self, line: u64, column: &str, message: impl Into<String>) {
        self.note(Some(line), Some(column), message.into());
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Both, by line.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.listed.extend(other.listed);
        self.listed.sort_by_key(|fault| fault.line);
        self.more += other.more + self.listed.len().saturating_sub(LISTED);
        self.listed.truncate(LISTED);
        self
    }

    fn note(&mut self, line: Option<u64>, column: Option<&str>, message: String) {
        if self.listed.len() < LISTED {
            self.listed.push(Fault { line, column: column.map(str::to_owned), message });
        } else {
            self.more += 1;
        }
    }
}

/// What `read` makes of a file, if it noted no fault of it; otherwise everything that is wrong.
pub fn faultless<T>(file: &str, read: impl FnOnce(&mut Faults) -> Option<T>) -> Result<T, ImportError> {
    let mut faults = Faults::new(file);
    match read(&mut faults) {
        Some(reading) if faults.is_empty() => Ok(reading),
        _ => Err(ImportError::Faults(faults)),
    }
}

/// A line a fault: 「data.csv 3行目 code列: …」.
impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, fault) in self.listed.iter().enumerate() {
            if place > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&self.file)?;
            if let Some(line) = fault.line {
                write!(f, " {line}行目")?;
            }
            if let Some(column) = &fault.column {
                write!(f, " {column}列")?;
            }
            write!(f, ": {}", fault.message)?;
        }
        if self.more > 0 {
            write!(f, "\n{}: ほかに{}件の誤りがあります。", self.file, self.more)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_say_where_and_a_flood_of_them_is_counted() {
        let mut faults = Faults::new("a.csv");
        assert!(faults.is_empty());
        faults.cell(3, "code", "x");
        faults.row(4, "y");
        faults.whole("z");
        assert_eq!(faults.to_string(), "a.csv 3行目 code列: x\na.csv 4行目: y\na.csv: z");
        let mut others = Faults::new("a.csv");
        others.row(1, "v");
        others.row(3, "w");
        let both = faults.clone().and(others);
        assert_eq!(both.to_string(), "a.csv: z\na.csv 1行目: v\na.csv 3行目 code列: x\na.csv 3行目: w\na.csv 4行目: y");
        for line in 0..100 {
            faults.row(line, "w");
        }
        assert_eq!(faults.to_string().lines().count(), LISTED + 1);
        assert!(faults.to_string().ends_with("a.csv: ほかに53件の誤りがあります。"));
        let twice = faults.clone().and(faults);
        assert!(twice.to_string().ends_with("a.csv: ほかに156件の誤りがあります。"));
    }
}
