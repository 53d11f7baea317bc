//! A small OpenID provider (OpenID Connect Core 1.0, authorization code flow): discovery, keys, tokens, user information.
//!
//! It is as strict with its client as the standards allow, and says of people whatever a test wants it to say. Nobody
//! signs in at a page: [`Provider::sign_in`] stands for that.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::Url;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// How the installation is registered.
pub const CLIENT: (&str, &str) = ("shirabe", "secret of this client");

/// What the provider says of somebody.
#[derive(Debug, Clone)]
pub struct Said {
    /// `email`, nothing where it knows none.
    pub email: Option<String>,
    /// `email_verified`, nothing where it does not say
    pub email_verified: Option<bool>,
    /// Whether both stand in the ID token, or in the user information only.
    pub in_token: bool,
    /// `nonce`, where it is not the one that was sent.
    pub nonce: Option<String>,
    /// `aud`
    pub audience: String,
    /// Seconds until the ID token expires.
    pub expires_in: i64,
    /// Whether the ID token is signed with a key that is not the provider's.
    pub forged: bool,
}

impl Said {
    /// Somebody with a verified address, in good order.
    pub fn of(email: &str) -> Self {
        Self {
            email: Some(email.to_owned()),
            email_verified: Some(true),
            in_token: true,
            nonce: None,
            audience: CLIENT.0.to_owned(),
            expires_in: 300,
            forged: false,
        }
    }
}

/// A running provider; it ends with the program.
pub struct Provider(Arc<Inner>);

struct Inner {
    issuer: String,
    key: EcdsaKeyPair,
    other_key: EcdsaKeyPair,
    /// How often it was asked where it is.
    discoveries: AtomicUsize,
    /// By code, which is good for one time.
    grants: Mutex<HashMap<String, Grant>>,
    /// Who an access token was given for.
    tokens: Mutex<HashMap<String, Said>>,
}

impl Provider {
    /// Starts one on a free port.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let issuer = format!("http://{}", listener.local_addr().expect("its address"));
        let inner = Inner {
            issuer,
            key: key(),
            other_key: key(),
            discoveries: AtomicUsize::default(),
            grants: Mutex::default(),
            tokens: Mutex::default(),
        };
        let provider = Arc::new(inner);
        let answering = provider.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answering.serve(stream);
            }
        });
        Self(provider)
    }

    /// Its address.
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// How often it was asked where it is.
    pub fn discoveries(&self) -> usize {
        self.0.discoveries.load(Ordering::SeqCst)
    }

    /// The arguments that make a server use it.
    pub fn arguments(&self) -> [&str; 8] {
        let issuer = self.issuer();
        let (id, secret) = CLIENT;
        [
            "--oidc-issuer",
            issuer,
            "--oidc-client-id",
            id,
            "--oidc-client-secret",
            secret,
            "--oidc-label",
            "県の統合認証",
        ]
    }

    /// Signs in at the address to which the server led; the path of the server to which the provider leads back.
    pub fn sign_in(&self, address: &str, said: Said) -> String {
        let url = Url::parse(address).expect("an address");
        assert!(address.starts_with(&format!("{}/authorize?", self.issuer())), "{address}");
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        let scopes: Vec<&str> = asked["scope"].split(' ').collect();
        assert!(scopes.contains(&"openid") && scopes.contains(&"email"), "{scopes:?}");
        assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", CLIENT.0));
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["state"].len() >= 16 && asked["nonce"].len() >= 16, "{asked:?}");
        let back = Url::parse(&asked["redirect_uri"]).expect("where to go back to");
        let code = unguessable();
        let path = format!("{}?code={code}&state={}", back.path(), asked["state"]);
        lock(&self.0.grants).insert(code, Grant { said, asked });
        path
    }
}

impl Inner {
    fn serve(&self, mut stream: TcpStream) {
        let Some(request) = Request::read(&stream) else { return };
        let (status, body) = match request.path.as_str() {
            "/.well-known/openid-configuration" => {
                self.discoveries.fetch_add(1, Ordering::SeqCst);
                ("200 OK", self.configuration())
            }
            "/jwks" => ("200 OK", json!({ "keys": [self.public_key()] })),
            "/token" => self.token(&request),
            "/userinfo" => self.user_information(&request),
            _ => ("404 Not Found", json!({})),
        };
        let body = body.to_string();
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        // A client that has gone needs no answer.
        let _ = stream.write_all((head + &body).as_bytes());
    }

    fn configuration(&self) -> Value {
        let at = |path: &str| format!("{}/{path}", self.issuer);
        json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "userinfo_endpoint": at("userinfo"),
            "jwks_uri": at("jwks"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "scopes_supported": ["openid", "email"],
        })
    }

    fn public_key(&self) -> Value {
        // 0x04, then both coordinates.
        let point = self.key.public_key().as_ref();
        let coordinate = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let (x, y) = (coordinate(&point[1..33]), coordinate(&point[33..65]));
        json!({ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "1", "x": x, "y": y })
    }

    /// RFC 6749, 4.1.3, with RFC 7636.
    fn token(&self, request: &Request) -> (&'static str, Value) {
        let refused = |error: &str| ("400 Bad Request", json!({ "error": error }));
        let encoded: String = CLIENT.1.replace(' ', "+");
        let credentials = format!("Basic {}", STANDARD.encode(format!("{}:{encoded}", CLIENT.0)));
        if request.authorization != credentials {
            return refused("invalid_client");
        }
        let typed = |name: &str| request.form.get(name).map_or("", String::as_str);
        let Some(Grant { said, asked }) = lock(&self.grants).remove(typed("code")) else {
            return refused("invalid_grant");
        };
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, typed("code_verifier").as_bytes()));
        let same = challenge == asked["code_challenge"] && typed("redirect_uri") == asked["redirect_uri"];
        if !same || typed("grant_type") != "authorization_code" {
            return refused("invalid_grant");
        }
        let access_token = unguessable();
        let id_token = self.id_token(&said, &asked["nonce"]);
        lock(&self.tokens).insert(access_token.clone(), said);
        let answer =
            json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": 60, "id_token": id_token });
        ("200 OK", answer)
    }

    fn id_token(&self, said: &Said, nonce: &str) -> String {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
        let now = i64::try_from(elapsed.as_secs()).expect("a time of our days");
        let mut claims = json!({
            "iss": self.issuer,
            "sub": SUBJECT,
            "aud": said.audience,
            "iat": now,
            "exp": now + said.expires_in,
            "nonce": said.nonce.as_deref().unwrap_or(nonce),
        });
        if said.in_token {
            address(&mut claims, said);
        }
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(&json!({ "alg": "ES256", "typ": "JWT", "kid": "1" })), part(&claims));
        let key = if said.forged { &self.other_key } else { &self.key };
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).expect("a signature");
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    fn user_information(&self, request: &Request) -> (&'static str, Value) {
        let token = request.authorization.strip_prefix("Bearer ").unwrap_or_default();
        let Some(said) = lock(&self.tokens).get(token).cloned() else { return ("401 Unauthorized", json!({})) };
        let mut claims = json!({ "sub": SUBJECT });
        address(&mut claims, &said);
        ("200 OK", claims)
    }
}

/// `sub` of everybody: nobody is known by it.
const SUBJECT: &str = "248289761001";

fn address(claims: &mut Value, said: &Said) {
    if let Some(email) = &said.email {
        claims["email"] = json!(email);
        if let Some(verified) = said.email_verified {
            claims["email_verified"] = json!(verified);
        }
    }
}

/// Who signed in, and with what request.
struct Grant {
    said: Said,
    asked: HashMap<String, String>,
}

/// What a client sends.
struct Request {
    path: String,
    authorization: String,
    form: HashMap<String, String>,
}

impl Request {
    fn read(stream: &TcpStream) -> Option<Self> {
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let path = line.split(' ').nth(1)?.to_owned();
        let (mut authorization, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "authorization" => value.trim().clone_into(&mut authorization),
                "content-length" => length = value.trim().parse().ok()?,
                _ => {}
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        let query = Url::parse(&format!("form:?{}", String::from_utf8(body).ok()?)).ok()?;
        Some(Self { path, authorization, form: query.query_pairs().into_owned().collect() })
    }
}

fn key() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).expect("the same key")
}

fn unguessable() -> String {
    let random: [u8; 16] = ring::rand::generate(&SystemRandom::new()).expect("random bytes").expose();
    URL_SAFE_NO_PAD.encode(random)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
