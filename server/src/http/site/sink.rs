//! Where the files go: a folder or a zip.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// Takes files, one after the other.
pub trait Sink: Send {
    /// Begins a file; its path has `/` between its parts.
    fn begin(&mut self, path: &str) -> io::Result<()>;
    /// Goes on with it.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Ends the last one.
    fn finish(&mut self) -> io::Result<()>;
}

/// A folder.
pub struct Folder {
    path: PathBuf,
    file: Option<BufWriter<File>>,
}

impl Folder {
    /// That folder, which is made.
    pub fn new(path: PathBuf) -> Self {
        Self { path, file: None }
    }
}

impl Sink for Folder {
    fn begin(&mut self, path: &str) -> io::Result<()> {
        self.finish()?;
        // An address cannot lead out of the folder.
        let parts = path.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..");
        let path = parts.fold(self.path.clone(), |path, part| path.join(part));
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        self.file = Some(BufWriter::new(File::create(path)?));
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.file.take().map_or(Ok(()), |mut file| file.flush())
    }
}

/// A zip that needs no seeking; everything lies in one folder of it.
pub struct Zip<W: Write + Send> {
    zip: ZipWriter<StreamWriter<W>>,
    folder: String,
}

impl<W: Write + Send> Zip<W> {
    /// A zip on that writer, with everything in that folder.
    pub fn new(out: W, folder: &str) -> Self {
        Self { zip: ZipWriter::new_stream(out), folder: folder.to_owned() }
    }

    /// The writer, after the zip's end.
    pub fn into_inner(self) -> io::Result<W> {
        self.zip.finish().map(StreamWriter::into_inner).map_err(io::Error::other)
    }
}

impl<W: Write + Send> Sink for Zip<W> {
    fn begin(&mut self, path: &str) -> io::Result<()> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(format!("{}/{path}", self.folder), options).map_err(io::Error::other)
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.zip.write_all(bytes)
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}
