//! Room on the disk: the files of jobs grow no further than it reaches.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::progress::Progress;
use crate::export::format::Hashing;

/// Bytes written before the folder is looked at again. By so much for each job under way, files may exceed their room.
const STEP: usize = 1 << 20;

/// A job's file while it is written; its size and hash are known at the end.
pub type Out = Hashing<BufWriter<Within>>;

/// A file that grows as long as its folder has room. Beyond it an error ends the writing, and the job learns why.
pub struct Within {
    file: File,
    folder: PathBuf,
    room: u64,
    progress: Arc<Progress>,
    /// Bytes that may be written before the folder is looked at.
    granted: usize,
}

impl Within {
    /// A new file of that job's, in that folder, where all files together may have so many bytes.
    pub fn new(file: File, folder: PathBuf, room: u64, progress: Arc<Progress>) -> Self {
        Self { file, folder, room, progress, granted: 0 }
    }

    fn append(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if self.granted == 0 {
            if taken(&self.folder)? + STEP as u64 > self.room {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.granted = STEP;
        }
        let written = self.file.write(&buffer[..buffer.len().min(self.granted)])?;
        self.granted -= written;
        Ok(written)
    }
}

impl Write for Within {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.append(buffer);
        if written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::StorageFull) {
            self.progress.find_full();
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Bytes of all files in a folder, those under way among them.
fn taken(folder: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        // One that was removed meanwhile takes up nothing.
        bytes += entry?.metadata().map_or(0, |file| file.len());
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_fill_their_room_and_give_it_back() {
        let piece = vec![0; STEP];
        let folder = tempfile::tempdir().unwrap();
        let progress = Arc::new(Progress::default());
        let begin = |name: &str, room: usize| {
            let file = File::create(folder.path().join(name)).unwrap();
            Within::new(file, folder.path().to_owned(), room as u64, progress.clone())
        };
        let mut first = begin("a", 4 * STEP);
        first.write_all(&piece).unwrap();
        let mut visitors = begin("b", 2 * STEP);
        visitors.write_all(&piece).unwrap();
        assert!(!progress.is_full());
        let error = visitors.write_all(&piece).unwrap_err();
        assert_eq!((error.kind(), progress.is_full()), (io::ErrorKind::StorageFull, true));
        first.write_all(&piece.repeat(2)).unwrap();
        assert_eq!(first.write_all(&piece).unwrap_err().kind(), io::ErrorKind::StorageFull);
        fs::remove_file(folder.path().join("b")).unwrap();
        first.write_all(&piece).unwrap();
        assert_eq!(first.file.metadata().unwrap().len(), 4 * STEP as u64);
    }
}
