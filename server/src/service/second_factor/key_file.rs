//! The key with which secrets are sealed: a file in the data folder, never in the database. Whoever gets a copy of the
//! database alone cannot compute anybody's codes.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use super::totp::{SECRET_LENGTH, Secret};
use crate::service::{Error, Result};
use crate::store::AccountId;

/// Bytes of the key.
const KEY_LENGTH: usize = 32;

/// Where the key is kept; without a folder no secret can be sealed.
#[derive(Debug, Default)]
pub struct KeyFile(Option<PathBuf>);

impl KeyFile {
    /// The key in that file, made with the first secret that is sealed.
    pub fn at(path: PathBuf) -> Self {
        Self(Some(path))
    }

    /// Seals a secret (ChaCha20-Poly1305): a random nonce, then secret and tag. It opens for that account only, so that
    /// rows cannot be exchanged.
    pub fn seal(&self, account: AccountId, secret: &Secret) -> Result<Vec<u8>> {
        let path = self.path()?;
        let key = match read(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => make(path),
            other => other,
        };
        let key = key.map_err(|error| unreadable(path, &error))?;
        let mut nonce = [0_u8; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|error| Error::Internal(error.to_string()))?;
        let mut sealed = secret.bytes().to_vec();
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound_to(account), &mut sealed)
            .map_err(|_| Error::Internal("a secret could not be sealed".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens a sealed secret.
    pub fn open(&self, account: AccountId, sealed: &[u8]) -> Result<Secret> {
        let path = self.path()?;
        let key = read(path).map_err(|error| unreadable(path, &error))?;
        let opened = sealed.split_first_chunk::<NONCE_LEN>().and_then(|(nonce, sealed)| {
            let (nonce, mut sealed) = (Nonce::assume_unique_for_key(*nonce), sealed.to_vec());
            let secret = key.open_in_place(nonce, bound_to(account), &mut sealed).ok()?;
            <[u8; SECRET_LENGTH]>::try_from(&*secret).ok()
        });
        opened.map(Secret::of).ok_or_else(|| {
            Error::Internal(format!("{} is not the key with which this secret was sealed", path.display()))
        })
    }

    fn path(&self) -> Result<&Path> {
        self.0.as_deref().ok_or_else(|| Error::Internal("there is no folder for the second factor's key".to_owned()))
    }
}

fn bound_to(account: AccountId) -> Aad<[u8; 8]> {
    Aad::from(account.0.to_be_bytes())
}

fn read(path: &Path) -> io::Result<LessSafeKey> {
    key_of(&fs::read(path)?)
}

/// Written beside and linked, so that no half key ever stands under the name; of two who make it at once one is kept.
fn make(path: &Path) -> io::Result<LessSafeKey> {
    let mut bytes = [0_u8; KEY_LENGTH];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Readable by its owner only.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&bytes)?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Ok(_) => key_of(&bytes),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(error.error),
    }
}

fn key_of(bytes: &[u8]) -> io::Result<LessSafeKey> {
    let key = UnboundKey::new(&CHACHA20_POLY1305, bytes);
    key.map(LessSafeKey::new).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "not a key of 32 bytes"))
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::Internal(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const ACCOUNT: AccountId = AccountId(7);

    fn secret() -> Secret {
        Secret::of([5; SECRET_LENGTH])
    }

    #[test]
    fn a_secret_opens_with_the_key_for_its_account_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("second-factor.key");
        let sealed = KeyFile::at(path.clone()).seal(ACCOUNT, &secret()).unwrap();
        assert!(!sealed.windows(4).any(|window| window == [5; 4]));
        let key = KeyFile::at(path.clone());
        assert_eq!(key.open(ACCOUNT, &sealed).unwrap(), secret());
        assert_ne!(key.seal(ACCOUNT, &secret()).unwrap(), sealed);
        assert!(key.open(AccountId(8), &sealed).is_err());
        for broken in [&sealed[1..], &sealed[..11], &[]] {
            assert!(key.open(ACCOUNT, broken).is_err());
        }
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn without_the_key_nothing_opens_and_another_key_is_told_from_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("second-factor.key");
        let key = KeyFile::at(path.clone());
        let sealed = key.seal(ACCOUNT, &secret()).unwrap();
        fs::remove_file(&path).unwrap();
        assert!(key.open(ACCOUNT, &sealed).is_err());
        assert!(!path.exists(), "opening makes no key");
        key.seal(ACCOUNT, &secret()).unwrap();
        assert!(key.open(ACCOUNT, &sealed).is_err());
        fs::write(&path, "short").unwrap();
        assert!(key.seal(ACCOUNT, &secret()).is_err(), "a broken key is not written over");
        assert!(KeyFile::default().seal(ACCOUNT, &secret()).is_err());
    }
}
