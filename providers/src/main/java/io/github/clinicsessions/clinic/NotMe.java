package io.github.clinicsessions.clinic;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.DoneBy;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.audit.LedgerRows;
import io.github.clinicsessions.audit.LedgerStoreProvider;
import io.github.clinicsessions.device.ArrivalPolicy;
import io.github.clinicsessions.device.KnownPerson;
import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.SessionRef;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionArrival;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import io.github.clinicsessions.session.SessionDirectory;
import io.github.clinicsessions.session.SessionTerminator;
import io.github.clinicsessions.session.SessionView;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * "This wasn't me": what is done when a person says that a sign-in was not theirs; the same from a page, by REST and by a link in a
 * mail. Whether they may has been asked of {@link AccessPolicy}, or shown by the link.
 *
 * <p>What locks out comes first and commits: that it was reported, by which a sign-in that is half finished is recognised, and the
 * demand for a new password. Then the session ends, with its offline part. Each step is made whether or not the one before had
 * anything to do, so that a session that has ended by itself can be reported too, and a report can be made again.
 */
public final class NotMe {

    private static final Logger LOG = Logger.getLogger(NotMe.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    public NotMe(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** By what the person has said it. */
    public enum Via {
        /** A link in a mail. */
        MAIL,
        /** The page of their sessions. */
        PAGE,
        /** REST. */
        API
    }

    /**
     * What is reported, and what the person wishes.
     *
     * @param sessionRef see {@link SessionRef}; of a session of this person
     * @param noticed which sign-in of that session, where a link says it; null for the session as a whole, of which it is looked up with
     *     which device it began, while it lives
     * @param othersToo whether all other sessions are to end too
     * @param keptSessionId of the session in which it is said, which stays; null for none
     */
    public record Report(
            String sessionRef,
            @Nullable NoticedSignIn noticed,
            boolean othersToo,
            @Nullable String keptSessionId,
            Via via) {}

    /**
     * What it came to.
     *
     * @param ended how many sessions, of those that the person could see
     * @param password where the person's can be changed
     * @param passwordRequired whether they will be asked for a new one at the next sign-in
     */
    public record Outcome(int ended, PasswordHome password, boolean passwordRequired, boolean deviceForgotten) {}

    /**
     * Does it. Empty, with nothing done, if the link has been used before.
     *
     * @throws RuntimeException if something of it was still there after several removals, or the database failed. It may be called
     *     again; what is left of a session that was to end is ended in the background
     */
    public Optional<Outcome> report(UserModel user, Report report) {
        PasswordHome password = PasswordHome.of(session, realm, user);
        Noted noted = note(user, report, draft(user, report, password)).orElse(null);
        if (noted == null) {
            return Optional.empty();
        }
        boolean required = password.kind() == PasswordHome.Kind.HERE && requirePassword(user);
        int ended = 0;
        try {
            ended = end(user, report, noted.sessions());
        } finally { // what was done is told, whatever is left to do
            if (noted.toBeTold()) {
                session.getKeycloakSessionFactory()
                        .publish(new SignInReported(
                                noted.row(), new Outcome(ended, password, required, noted.deviceForgotten())));
            }
        }
        return Optional.of(new Outcome(ended, password, required, noted.deviceForgotten()));
    }

    /** The row as far as it can be known before the person's row is locked: directories may take their time. */
    private LedgerRow draft(UserModel user, Report report, PasswordHome password) {
        NoticedSignIn noticed = report.noticed();
        LedgerRow row = LedgerRow.reported(
                realm.getId(),
                Time.currentTimeMillis(),
                user.getId(),
                user.getUsername(),
                report.sessionRef(),
                noticed == null ? null : noticed.label(),
                noticed == null ? null : noticed.ipAddress(),
                noticed == null ? null : noticed.country(),
                details(report, password));
        return Transactions.inNew(
                session,
                realm,
                (own, ownRealm) -> Objects.requireNonNull(
                        LedgerRows.complete(own, own.getProvider(LedgerStoreProvider.class), row)));
    }

    /**
     * What the transaction of ours did that goes first.
     *
     * @param toBeTold whether owners hear of it
     */
    private record Noted(LedgerRow row, Set<LivingSession> sessions, boolean deviceForgotten, boolean toBeTold) {}

    /** Empty if the link has been used before. */
    private Optional<Noted> note(UserModel user, Report report, LedgerRow draft) {
        String userId = user.getId();
        return Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
            String realmId = ownRealm.getId();
            KnownDevices devices = new KnownDevices(own);
            KnownPerson person = devices.lockPerson(realmId, userId).orElse(null);
            LedgerStoreProvider ledger = own.getProvider(LedgerStoreProvider.class);
            Map<LivingSession, SessionArrival> living = new LivingSessions(own).arrivalsOfUser(realmId, userId);
            boolean first = !ledger.hasReported(
                    realmId, userId, report.sessionRef(), since(report, living.keySet(), draft, ledger));
            if (!first && report.noticed() != null) {
                return Optional.<Noted>empty();
            }
            SessionArrival arrival = reported(report, living);
            String country = arrival.country() == null ? draft.country() : arrival.country();
            long now = Time.currentTimeMillis();
            KnownPerson after = reported(person, now, arrival.deviceId() == null ? country : null);
            boolean toBeTold = first && ArrivalPolicy.mayMail(after.ownersMailedAt(), now);
            devices.save(
                    realmId,
                    userId,
                    toBeTold ? after.ownersMailed(ArrivalPolicy.newest(after.ownersMailedAt(), now)) : after);
            boolean forgotten = arrival.deviceId() != null && devices.forget(realmId, userId, arrival.deviceId());
            LedgerRow row = draft.in(country).and("deviceForgotten", String.valueOf(forgotten));
            if (first) {
                ledger.append(row);
            }
            return Optional.of(new Noted(row, living.keySet(), forgotten, toBeTold));
        });
    }

    /** From when on a report of that session is one of the same: the start of the session, or when the link was made. */
    private static long since(Report report, Set<LivingSession> living, LedgerRow draft, LedgerStoreProvider ledger) {
        if (report.noticed() != null) {
            return report.noticed().toldAt();
        }
        return living.stream()
                .filter(one -> isOf(report, one.sessionId()))
                .findFirst()
                .map(LivingSession::startedAt)
                .or(() -> ledger.findStart(draft.realmId(), draft.userId(), report.sessionRef())
                        .map(LedgerRow::occurredAt))
                .orElse(0L);
    }

    /** With which device and from where what is reported came, as far as it is known. */
    private static SessionArrival reported(Report report, Map<LivingSession, SessionArrival> living) {
        NoticedSignIn noticed = report.noticed();
        if (noticed != null) {
            return new SessionArrival(noticed.deviceId(), noticed.country(), Set.of());
        }
        return living.entrySet().stream()
                .filter(one -> isOf(report, one.getKey().sessionId()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(SessionArrival.UNKNOWN);
    }

    /**
     * The person's row with the report.
     *
     * @param country that was known by nothing but the reported session; null if a device that is forgotten takes it along
     */
    private static KnownPerson reported(@Nullable KnownPerson person, long now, @Nullable String country) {
        KnownPerson before = person == null ? KnownPerson.seenFirst(now) : person;
        Set<String> countries = new HashSet<>(before.countries());
        if (country != null) {
            countries.remove(country);
        }
        return before.reported(
                countries, country != null && country.equals(before.lastCountry()) ? null : before.lastCountry(), now);
    }

    private Map<String, String> details(Report report, PasswordHome password) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("via", report.via().name().toLowerCase(Locale.ROOT));
        details.put("others", String.valueOf(report.othersToo()));
        details.put("password", password.kind().name().toLowerCase(Locale.ROOT));
        String address = report.via() == Via.MAIL
                ? IpAddresses.canonical(session.getContext().getConnection().getRemoteHost())
                : null;
        if (address != null) {
            details.put(LedgerRow.ACTOR_IP_ADDRESS, address); // whoever has the link: maybe not the person
        }
        return details;
    }

    /** In Keycloak's own tables, which are never written in a transaction with ours. */
    private boolean requirePassword(UserModel user) {
        String userId = user.getId();
        try {
            return Transactions.inNewRetried(session, realm, (own, ownRealm) -> {
                UserModel fresh = own.users().getUserById(ownRealm, userId);
                if (fresh != null) {
                    fresh.addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
                }
                return fresh != null;
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "user %s is not asked for a new password, after a sign-in that was not theirs", userId);
            return false; // what else there is to do is done all the same
        }
    }

    private int end(UserModel user, Report report, Set<LivingSession> registered) {
        SessionDirectory directory = new SessionDirectory(session);
        List<String> ids = Stream.concat(
                        directory.idsOfUser(realm, user).stream(),
                        registered.stream().map(LivingSession::sessionId))
                .distinct()
                .filter(id -> !id.equals(report.keptSessionId()))
                .filter(id -> report.othersToo() || (isOf(report, id) && !isLater(report, id, registered)))
                .toList();
        long seen = directory.ofUser(realm, user, null).stream()
                .map(SessionView::id)
                .filter(ids::contains)
                .count();
        SessionTerminator.Ended ended = new SessionTerminator(session)
                .end(
                        realm,
                        user,
                        ids,
                        EndCause.REPORTED,
                        new DoneBy(Actor.self(user.getId(), user.getUsername()), null));
        return Math.toIntExact(Math.min(seen, ended.count()));
    }

    private static boolean isOf(Report report, String sessionId) {
        return report.sessionRef().equals(SessionRef.of(sessionId));
    }

    /** Keycloak uses ids again: a session that has begun since is not what the link is about. */
    private static boolean isLater(Report report, String sessionId, Set<LivingSession> registered) {
        NoticedSignIn noticed = report.noticed();
        return noticed != null
                && registered.stream()
                        .anyMatch(one ->
                                one.sessionId().equals(sessionId) && one.startedAt() != noticed.sessionStartedAt());
    }
}
