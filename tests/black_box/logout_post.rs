//! `POST /logout`

use tests::Installation;

#[tokio::test]
async fn logging_out_ends_the_session_on_the_server() {
    let server = Installation::opened().await.serve();
    let visitor = server.visitor("aomori").await;
    let other_window = server.visitor("aomori").await;
    let session = visitor.cookie();
    visitor.press("/logout").await.leads_to("/login");
    assert_eq!(visitor.cookie(), None, "the browser is told to forget it");

    visitor.set_cookie(session);
    visitor.get("/answer/2026").await.leads_to("/login?next=%2Fanswer%2F2026");
    visitor.get("/api/v1/rounds/2026/responses/022012").await.problem(401);
    other_window.get("/answer/2026").await.expect(200);
}

#[tokio::test]
async fn who_is_not_signed_in_may_log_out_all_the_same() {
    let server = Installation::prepared().serve();
    server.anonymous().press("/logout").await.leads_to("/login");
}

#[tokio::test]
async fn a_session_survives_a_restart_of_the_server() {
    let installation = Installation::opened().await;
    let server = installation.serve();
    let session = server.visitor("aomori").await.cookie();
    drop(server);
    let server = installation.serve();
    let visitor = server.anonymous();
    visitor.set_cookie(session);
    visitor.get("/answer/2026").await.expect(200);
}
