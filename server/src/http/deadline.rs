//! How long a request may take. After that it is refused in words; what it changes goes on to its end all the same.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::refusal::Refusal;
use crate::service::Error;

/// Until an answer begins.
const LONGEST: Duration = Duration::from_mins(1);
/// Until nothing came at all, not even that refusal.
pub const LAST: Duration = Duration::from_secs(75);

/// Middleware: refuses what takes too long. It stands where a refusal is still given its body.
pub async fn keep(request: Request, next: Next) -> Response {
    let reads = request.method().is_safe();
    within(LONGEST, reads, next.run(request)).await
}

async fn within(longest: Duration, reads: bool, answer: impl Future<Output = Response> + Send + 'static) -> Response {
    if reads {
        return timeout(longest, answer).await.unwrap_or_else(|_| Refusal::TimedOut.into_response());
    }
    match timeout(longest, tokio::spawn(answer)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => Refusal::Service(Error::Internal(error.to_string())).into_response(),
        Err(_) => Refusal::TimedOut.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use tokio::sync::oneshot;
    use tokio::time::sleep;

    use super::*;

    #[tokio::test]
    async fn what_takes_too_long_is_refused_and_only_what_reads_is_given_up() {
        for reads in [true, false] {
            let (sender, receiver) = oneshot::channel();
            let answer = async move {
                sleep(Duration::from_millis(50)).await;
                let _ = sender.send(());
                Response::default()
            };
            let refused = within(Duration::from_millis(1), reads, answer).await;
            assert_eq!(refused.status(), StatusCode::SERVICE_UNAVAILABLE);
            assert_eq!(receiver.await.is_err(), reads, "reads: {reads}");
        }
        let answer = async { Response::default() };
        assert_eq!(within(LONGEST, true, answer).await.status(), StatusCode::OK);
    }
}
