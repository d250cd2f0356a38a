package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.timeout.IdleRule;
import io.github.clinicsessions.timeout.IdleRule.Kind;
import io.github.clinicsessions.timeout.LastUse;
import io.github.clinicsessions.timeout.TimeoutPolicyProvider;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** Knows when humans were last there, and until when their sessions last if they do not come back. Moves no timer. */
public final class HumanActivity {

    private static final long SECOND = 1_000;

    private final KeycloakSession session;

    public HumanActivity(KeycloakSession session) {
        this.session = session;
    }

    /** The rule that counts for the person beside Keycloak's own time-outs. */
    public IdleRule ruleFor(RealmModel realm, UserModel user) {
        return session.getProvider(TimeoutPolicyProvider.class).ruleFor(realm, user);
    }

    /** What has been reported, by session id; sessions of which nothing is known may be left out. One query for each 500. */
    public Map<String, SessionActivity> of(RealmModel realm, Collection<String> sessionIds) {
        return sessionIds.isEmpty()
                ? Map.of()
                : Transactions.inNew(
                        session, realm, (own, ownRealm) -> new Activities(own).of(ownRealm.getId(), sessionIds));
    }

    /** Of an online session. */
    public Idleness of(RealmModel realm, UserSessionModel online, IdleRule rule, SessionActivity activity) {
        long lastUsedAt = new LastUse(
                        online.getStarted() * SECOND,
                        online.getLastSessionRefresh() * SECOND,
                        activity.reportingClients().isEmpty() ? Map.of() : clientsUsedAt(online),
                        activity.lastBeatAt(),
                        activity.reportingClients())
                .at();
        return of(realm, SessionSpan.of(online), rule, lastUsedAt);
    }

    /** Keycloak is going to do without this time one day, and 26.7 has no other of a single client. */
    @SuppressWarnings("removal")
    static Map<String, Long> clientsUsedAt(UserSessionModel online) {
        Map<String, Long> usedAt = new HashMap<>();
        online.getAuthenticatedClientSessions().forEach((id, client) -> usedAt.put(id, client.getTimestamp() * SECOND));
        return usedAt;
    }

    /** The same from a row of Keycloak's table. */
    static Idleness of(RealmModel realm, SessionSpan span, IdleRule rule, long lastUsedAt) {
        IdleRule shorter = shorterOf(realm, span, rule);
        Instant byRule = Instant.ofEpochMilli(lastUsedAt + shorter.seconds() * SECOND);
        Instant byKeycloak = span.idleExpiry(realm);
        return new Idleness(
                Instant.ofEpochMilli(lastUsedAt), byRule.isBefore(byKeycloak) ? byRule : byKeycloak, shorter);
    }

    /** The rule, or Keycloak's own time-out where that is shorter: it is for humans too, whatever refreshes tokens. */
    static IdleRule shorterOf(RealmModel realm, SessionSpan span, IdleRule rule) {
        int ofKeycloak = span.idleSeconds(realm);
        return 0 < ofKeycloak && ofKeycloak < rule.seconds() ? new IdleRule(Kind.REALM, null, ofKeycloak) : rule;
    }
}
