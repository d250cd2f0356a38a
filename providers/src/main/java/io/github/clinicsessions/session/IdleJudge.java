package io.github.clinicsessions.session;

import io.github.clinicsessions.platform.RealmSettings;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionActivity;
import io.github.clinicsessions.registry.jpa.Activities;
import io.github.clinicsessions.session.OnlineSessions.Online;
import io.github.clinicsessions.timeout.IdleRule;
import io.github.clinicsessions.timeout.LastUse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Says of sessions whether nobody has been there for too long, and if not, until when that is certain. The sweep and the gate ask
 * the same judge. Reads in the transaction of the Keycloak session that it was made for; one realm, one page, then thrown away: each
 * person's rule is asked for once.
 */
final class IdleJudge {

    private static final Logger LOG = Logger.getLogger(IdleJudge.class);
    private static final long SECOND = 1_000;
    private static final long AFTER_FAILURE_MILLIS = 30_000;

    /** For what others end: Keycloak, within minutes, and {@link RegistryWalk}. */
    private static final long OF_OTHERS_MILLIS = 60_000;

    /** Keycloak writes a new session a moment after our row. */
    private static final long NEW_MILLIS = 5_000;

    private final KeycloakSession own;
    private final RealmModel realm;
    private final boolean boundOffline;
    private final long now = Time.currentTimeMillis();
    private final Map<String, Optional<IdleRule>> rules = new HashMap<>();

    IdleJudge(KeycloakSession own, RealmModel realm) {
        this.own = own;
        this.realm = realm;
        this.boundOffline = RealmSettings.of(realm).boundOffline();
    }

    /**
     * About one session.
     *
     * @param userId null where Keycloak has no online session of the id
     * @param end null if it is not to end
     * @param dueAt milliseconds since the epoch: not before this, as long as rules stay as they are, can it be over
     */
    record Verdict(@Nullable String userId, @Nullable End end, long dueAt) {}

    /** What of it is to end. */
    enum End {
        ALL,
        /** The offline one of the id stays. */
        ONLINE_PART
    }

    /** When to look at it again that is not over. */
    static long lookAgainAt(Verdict verdict, LivingSession session) {
        long now = Time.currentTimeMillis();
        boolean isNew = verdict.userId() == null && now - session.startedAt() < OF_OTHERS_MILLIS;
        return isNew ? Math.min(verdict.dueAt(), now + NEW_MILLIS) : verdict.dueAt();
    }

    /**
     * By session id, of all of them.
     *
     * @param stored what has been reported, as the database has it
     */
    Map<String, Verdict> of(Map<String, SessionActivity> stored) {
        Map<String, SessionActivity> sessions =
                SessionEventListenerFactory.activity(own).with(realm.getId(), stored.keySet(), stored);
        List<String> reporting = sessions.entrySet().stream()
                .filter(one -> !one.getValue().reportingClients().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        OnlineSessions found = OnlineSessions.of(own, realm, sessions.keySet(), reporting);
        Map<String, Verdict> verdicts = new HashMap<>();
        sessions.forEach((id, activity) -> verdicts.put(id, guarded(id, activity, found)));
        return verdicts;
    }

    /** One person's directory or policy that fails keeps nobody else's sessions from being judged. */
    private Verdict guarded(String id, SessionActivity activity, OnlineSessions found) {
        try {
            return of(id, activity, found);
        } catch (RuntimeException e) {
            LOG.errorf(e, "a session of realm %s is looked at again for idleness in a while", realm.getName());
            return new Verdict(null, null, now + AFTER_FAILURE_MILLIS);
        }
    }

    private Verdict of(String id, SessionActivity activity, OnlineSessions found) {
        boolean offlineToo = found.withOffline().contains(id);
        Online online = found.online().get(id);
        if (online == null) {
            return new Verdict(null, null, offlineToo ? Activities.NEVER : now + OF_OTHERS_MILLIS);
        }
        IdleRule rule = ruleFor(online.userId()).orElse(null);
        if (rule == null) {
            return new Verdict(online.userId(), null, now + OF_OTHERS_MILLIS); // a person who is gone
        }
        long dueAt = dueAt(online, rule, activity);
        if (dueAt > now) {
            return new Verdict(online.userId(), null, dueAt);
        }
        if (!online.span().idleExpiry(realm).isAfter(Instant.ofEpochMilli(now))) {
            // Keycloak refuses it already, and removes it.
            return new Verdict(online.userId(), null, now + OF_OTHERS_MILLIS);
        }
        return new Verdict(online.userId(), offlineToo && !boundOffline ? End.ONLINE_PART : End.ALL, dueAt);
    }

    private long dueAt(Online online, IdleRule rule, SessionActivity activity) {
        long lastUsedAt = new LastUse(
                        online.span().startedAt() * SECOND,
                        online.span().lastActiveAt() * SECOND,
                        online.clientsUsedAt(),
                        activity.lastBeatAt(),
                        activity.reportingClients())
                .at();
        return lastUsedAt + HumanActivity.shorterOf(realm, online.span(), rule).seconds() * SECOND;
    }

    private Optional<IdleRule> ruleFor(String userId) {
        return rules.computeIfAbsent(userId, id -> {
            UserModel user = own.users().getUserById(realm, id);
            return user == null ? Optional.empty() : Optional.of(new HumanActivity(own).ruleFor(realm, user));
        });
    }
}
