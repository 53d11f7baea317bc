//! A device that shows the codes of a second factor (RFC 6238).

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ring::hmac;

use crate::client::{Answer, Client};
use crate::page::Page;

/// Seconds of a step.
const STEP: u64 = 30;
/// Where a second factor is set up.
pub const SETUP: &str = "/account/second-factor";

/// A device with one secret. It shows no code twice.
pub struct Authenticator {
    secret: Vec<u8>,
    shown: AtomicU64,
}

impl Authenticator {
    /// Takes over the secret of the page that sets it up.
    pub fn reading(page: &Page) -> Self {
        Self { secret: base32(page.form(SETUP).values("secret")[0]), shown: AtomicU64::new(0) }
    }

    /// The secret's bytes.
    pub fn secret(&self) -> &[u8] {
        &self.secret
    }

    /// A code that is good now and was not shown yet; waits for one where the next ones were shown already.
    pub async fn code(&self) -> String {
        let step = present().max(self.shown.load(Ordering::Relaxed) + 1);
        self.shown.store(step, Ordering::Relaxed);
        // The server takes one step before and after its own.
        while step > present() + 1 {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        self.code_of(step)
    }

    /// A code that is not good for long: of an hour ago.
    pub fn old_code(&self) -> String {
        self.code_of(present() - 120)
    }

    fn code_of(&self, step: u64) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.secret);
        let tag = hmac::sign(&key, &step.to_be_bytes());
        let at = usize::from(tag.as_ref()[19] & 15);
        let bytes: [u8; 4] = tag.as_ref()[at..at + 4].try_into().expect("four bytes");
        format!("{:06}", (u32::from_be_bytes(bytes) & 0x7fff_ffff) % 1_000_000)
    }
}

impl Client {
    /// Sets up a second factor of the signed-in account: the device, and the recovery codes.
    pub async fn set_second_factor(&self, password: &str) -> (Authenticator, Vec<String>) {
        let page = self.get(SETUP).await.expect(200).page();
        let (device, mut form) = (Authenticator::reading(&page), page.form(SETUP));
        form.set("present", &[password]);
        form.set("code", &[&device.code().await]);
        let page = self.post(SETUP, &form.fields).await.expect(201).page();
        (device, recovery_codes(&page))
    }

    /// Types name and password, and then that code.
    pub async fn login_with_code(&self, login_name: &str, password: &str, code: &str) -> Answer {
        let typed = [("login_name", login_name), ("password", password)];
        self.post("/login", &typed).await.leads_to("/login/code");
        self.post("/login/code", &[("code", code)]).await
    }
}

/// The ten recovery codes of the page that shows them.
pub fn recovery_codes(page: &Page) -> Vec<String> {
    let items = page.texts_of(|tag| tag.name == "li").into_iter().map(|text| text.trim().to_owned());
    // `XXXX-XXXX-XXXX-XXXX`
    let is_code = |text: &String| text.len() == 19 && text.split('-').all(|group| group.len() == 4);
    let codes: Vec<String> = items.filter(is_code).collect();
    assert_eq!(codes.len(), 10, "{}", page.text());
    codes
}

fn present() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970").as_secs() / STEP
}

/// RFC 4648, without padding.
fn base32(text: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("{text} is not base 32"),
        };
        held = held << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).expect("eight bits"));
        }
    }
    bytes
}
