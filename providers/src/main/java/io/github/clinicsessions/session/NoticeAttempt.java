package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.EndNotice;
import io.github.clinicsessions.registry.jpa.EndNotices;
import io.github.clinicsessions.session.NoticePost.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.apache.http.impl.client.CloseableHttpClient;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.LogoutToken;

/**
 * One attempt to tell a client: claims it, signs a fresh token for the client as it is now, posts it outside of any
 * transaction and records the outcome. Thread-safe.
 */
final class NoticeAttempt implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(NoticeAttempt.class);

    /** Whoever has claimed an attempt has ended it by then, or is gone. */
    private static final Duration CLAIMED = Duration.ofSeconds(2L * NoticePost.LIMIT_SECONDS);

    private final NoticePost post = new NoticePost();
    private final NoticePauses pauses;

    NoticeAttempt(NoticePauses pauses) {
        this.pauses = pauses;
    }

    /**
     * What is posted, or why nothing is.
     *
     * @param failure what is wrong with it this time
     * @param end the state that it has come to without being posted
     */
    private record Letter(
            @Nullable CloseableHttpClient http,
            String url,
            String token,
            @Nullable String failure,
            EndNotice.@Nullable State end) {

        static Letter failed(String why) {
            return new Letter(null, "", "", why, null);
        }

        static Letter none(EndNotice.State end, String why) {
            return new Letter(null, "", "", why, end);
        }
    }

    /**
     * Returns when there is an outcome; never throws.
     *
     * @param durable whether it is in the database
     */
    void run(KeycloakSessionFactory factory, EndNotice notice, boolean durable) {
        try {
            Optional<Letter> begun =
                    Transactions.resultInBackground(factory, session -> begin(session, notice, durable));
            if (begun.isEmpty()) {
                return; // somebody else has begun it
            }
            Letter letter = begun.get();
            Outcome outcome = letter.http() == null
                    ? new Outcome(false, Objects.requireNonNullElse(letter.failure(), ""))
                    : post.post(letter.http(), letter.url(), letter.token());
            if (durable) {
                Transactions.inBackground(factory, session -> record(session, notice, letter.end(), outcome));
            } else if (!outcome.told()) {
                LOG.warnf("client %s was not told of a sign-out: %s", notice.clientId(), outcome.what());
            }
        } catch (RuntimeException e) {
            LOG.warnf(e, "an attempt to tell client %s of a sign-out is left to the next look", notice.clientId());
        }
    }

    @Override
    public void close() {
        post.close();
    }

    private static Optional<Letter> begin(KeycloakSession session, EndNotice notice, boolean durable) {
        RealmModel realm = session.realms().getRealm(notice.realmId());
        long until = Time.currentTimeMillis() + CLAIMED.toMillis();
        if (realm == null || (durable && !new EndNotices(session).claim(notice, until))) {
            return Optional.empty();
        }
        session.getContext().setRealm(realm);
        try {
            return Optional.of(letter(session, realm, notice));
        } catch (RuntimeException e) {
            LOG.warnf(e, "client %s cannot be told of a sign-out this time", notice.clientId());
            return Optional.of(Letter.failed(e.getClass().getSimpleName()));
        }
    }

    private static Letter letter(KeycloakSession session, RealmModel realm, EndNotice notice) {
        ClientModel client = session.clients().getClientById(realm, Objects.requireNonNullElse(notice.client(), ""));
        if (client == null || !client.isEnabled() || notice.claims() == null) {
            return Letter.none(EndNotice.State.GIVEN_UP, "no such client");
        }
        LogoutTokens tokens = new LogoutTokens(session);
        LogoutToken token = tokens.fresh(notice.claims());
        String url = LogoutUrl.of(client, Objects.requireNonNullElse(token.getIssuer(), ""));
        if (url == null) {
            return Letter.none(EndNotice.State.NOT_TOLD, "no URL");
        }
        CloseableHttpClient http = session.getProvider(HttpClientProvider.class).getHttpClient();
        return new Letter(http, url, tokens.signed(client, token), null, null);
    }

    private void record(KeycloakSession session, EndNotice notice, EndNotice.@Nullable State end, Outcome outcome) {
        EndNotices notices = new EndNotices(session);
        int attempts = notice.attempts() + 1;
        Optional<Duration> pause = pauses.after(attempts);
        if (outcome.told()) {
            notices.settle(notice.id(), EndNotice.State.ANSWERED, outcome.what());
        } else if (end != null) {
            LOG.infof("client %s is not told of a sign-out any more: %s", notice.clientId(), outcome.what());
            notices.settle(notice.id(), end, outcome.what());
        } else if (pause.isPresent()) {
            LOG.infof(
                    "client %s was not told of a sign-out (%s); again in %d s",
                    notice.clientId(), outcome.what(), pause.get().toSeconds());
            notices.putOff(
                    notice.id(),
                    outcome.what(),
                    Time.currentTimeMillis() + pause.get().toMillis());
        } else {
            LOG.warnf(
                    "client %s was not told of a sign-out in %d attempts, the last time %s: given up",
                    notice.clientId(), attempts, outcome.what());
            notices.settle(notice.id(), EndNotice.State.GIVEN_UP, outcome.what());
        }
    }
}
