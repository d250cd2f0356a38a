package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerQueue;
import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.device.Arrival;
import io.github.clinicsessions.device.ArrivalPolicy;
import io.github.clinicsessions.device.Judgement;
import io.github.clinicsessions.device.KnownDevice;
import io.github.clinicsessions.device.KnownPerson;
import io.github.clinicsessions.device.jpa.KnownDevices;
import io.github.clinicsessions.geo.Places;
import io.github.clinicsessions.platform.Clinics;
import io.github.clinicsessions.platform.CountrySettings;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import io.github.clinicsessions.registry.SessionArrival;
import io.github.clinicsessions.registry.SessionMark;
import io.github.clinicsessions.registry.jpa.LivingSessions;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Judges sign-ins once they have committed, in the background: with which device, from where, and what is to be noticed about that.
 * Of one person they are judged one after another on all nodes. A sign-in knows nothing of it, and nothing of it can fail one: where
 * it is not judged, that is logged, and the device is recognised the next time only.
 */
final class Arrivals {

    private static final Logger LOG = Logger.getLogger(Arrivals.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    private Arrivals(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * A sign-in.
     *
     * @param session what it made, or came back to
     * @param begunAt when its first factor was passed, milliseconds since the epoch: if the person has said since that it was not
     *     them, its session ends
     * @param at when they were in, milliseconds since the epoch
     * @param joined whether the session was there before
     * @param deviceHash see {@link KnownDevice#hash()}; null where no browser signs in
     * @param label see {@code Device.label()}
     * @param ipAddress of this sign-in, which may not be where its session began; parsed
     * @param baseUri see {@link SignInNoticed#baseUri()}
     */
    record SignIn(
            LivingSession session,
            long begunAt,
            long at,
            boolean joined,
            @Nullable String deviceHash,
            @Nullable String label,
            @Nullable String ipAddress,
            @Nullable URI baseUri) {}

    /** Judges it some time soon; to be called in the transaction that registers its session. */
    static void judgeOnceRegistered(KeycloakSession own, SignIn signIn, Runnable notTaken) {
        Background background = SessionEventListenerFactory.arrivals(own);
        Transactions.afterCommit(own, () -> {
            if (!background.run(
                    own.getKeycloakSessionFactory(),
                    signIn.session().realmId(),
                    (later, realm) -> new Arrivals(later, realm).judge(signIn))) {
                LOG.warnf(
                        "a sign-in of user %s is not judged: too much waits",
                        signIn.session().userId());
                notTaken.run();
            }
        });
    }

    private void judge(SignIn signIn) {
        UserModel user = session.users().getUserById(realm, signIn.session().userId());
        if (user == null || !RealmSwitch.isOn(realm)) {
            return;
        }
        // Keycloak's tables, and directories behind it, before any lock is held.
        String country = Places.of(session).locate(signIn.ipAddress()).country();
        Set<String> expected =
                Set.copyOf(CountrySettings.countriesOf(session, realm, Clinics.idsOf(session, realm, user)));
        String username = user.getUsername();
        Outcome outcome = Transactions.inNewRetried(
                session, realm, (own, ownRealm) -> judge(own, ownRealm, signIn, country, expected));
        if (outcome.isReported()) {
            ReportedSignIns.end(session, realm, user.getId(), signIn.session().sessionId());
        } else if (outcome.judgement() != null) {
            tell(signIn, username, country, outcome.judgement(), outcome.isCountryNews());
        }
    }

    /**
     * What a look came to.
     *
     * @param judgement null if nothing was judged
     * @param isCountryNews whether the session had not been marked for that country already
     */
    private record Outcome(boolean isReported, @Nullable Judgement judgement, boolean isCountryNews) {
        private static final Outcome NOTHING = new Outcome(false, null, false);
        private static final Outcome REPORTED = new Outcome(true, null, false);
    }

    private static Outcome judge(
            KeycloakSession own, RealmModel realm, SignIn signIn, @Nullable String country, Set<String> expected) {
        LivingSession living = signIn.session();
        String userId = living.userId();
        KnownDevices known = new KnownDevices(own);
        KnownPerson person = known.lockPerson(realm.getId(), userId).orElse(null); // before anything is read
        if (person != null && person.isReportedDuring(signIn.begunAt(), signIn.at(), Time.currentTimeMillis())) {
            return Outcome.REPORTED;
        }
        if (own.users().getUserById(realm, userId) == null) {
            return Outcome.NOTHING;
        }
        List<KnownDevice> devices = known.ofUser(realm.getId(), userId);
        LivingSessions registry = new LivingSessions(own);
        Map<LivingSession, SessionArrival> arrivals =
                registry.arrivalsOfUser(realm.getId(), userId, living, signIn.at() - ArrivalPolicy.JOURNEY);
        SessionArrival before = arrivals.getOrDefault(living, SessionArrival.UNKNOWN);
        // A session that was there before anything was judged: whoever comes back to it need not be told of their own
        // device.
        boolean learnt = signIn.joined() && before.equals(SessionArrival.UNKNOWN);
        Judgement judgement = ArrivalPolicy.judge(
                new Arrival(signIn.deviceHash(), signIn.label(), country, signIn.at(), learnt),
                person,
                devices,
                expected,
                () -> UUID.randomUUID().toString());
        known.save(realm.getId(), userId, judgement.person());
        KnownDevice device = judgement.device();
        if (device != null) {
            if (devices.stream().noneMatch(one -> one.id().equals(device.id()))) {
                ArrivalPolicy.tooMany(devices).forEach(one -> known.forget(realm.getId(), userId, one.id()));
            }
            known.save(realm.getId(), userId, device);
        }
        SessionArrival after = after(before, judgement, country);
        registry.setArrival(living, after);
        if (judgement.otherCountry() != null) {
            arrivals.forEach((session, arrival) -> {
                if (!session.equals(living) && isOtherJourney(session, arrival, devices, country, signIn.at())) {
                    registry.setArrival(session, with(arrival, SessionMark.UNFAMILIAR_COUNTRY));
                }
            });
        }
        return new Outcome(false, judgement, isCountryNews(before, judgement, country));
    }

    /** An application that asks silently who is signed in, again and again, is not told of again and again. */
    private static boolean isCountryNews(SessionArrival before, Judgement judgement, @Nullable String country) {
        return judgement.unfamiliarCountry()
                && (!before.marks().contains(SessionMark.UNFAMILIAR_COUNTRY)
                        || judgement.newDevice()
                        || judgement.otherCountry() != null
                        || country == null
                        || !country.equals(before.country()));
    }

    /** What a session began with stays; what is noticed when somebody comes back to it is added. */
    private static SessionArrival after(SessionArrival before, Judgement judgement, @Nullable String country) {
        Set<SessionMark> marks = EnumSet.noneOf(SessionMark.class);
        marks.addAll(before.marks());
        if (judgement.newDevice()) {
            marks.add(SessionMark.NEW_DEVICE);
        }
        if (judgement.unfamiliarCountry()) {
            marks.add(SessionMark.UNFAMILIAR_COUNTRY);
        }
        String deviceId = judgement.device() == null ? null : judgement.device().id();
        return new SessionArrival(
                // One that is new stands for what is wrong with the session.
                before.deviceId() == null || judgement.newDevice() ? deviceId : before.deviceId(),
                before.country() == null || judgement.unfamiliarCountry() ? country : before.country(),
                marks);
    }

    private static SessionArrival with(SessionArrival arrival, SessionMark mark) {
        Set<SessionMark> marks = EnumSet.of(mark);
        marks.addAll(arrival.marks());
        return new SessionArrival(arrival.deviceId(), arrival.country(), marks);
    }

    private static boolean isOtherJourney(
            LivingSession session,
            SessionArrival arrival,
            List<KnownDevice> devices,
            @Nullable String country,
            long at) {
        return arrival.country() != null
                && !arrival.country().equals(country)
                && session.startedAt() > at - ArrivalPolicy.JOURNEY
                && devices.stream()
                        .filter(device -> device.id().equals(arrival.deviceId()))
                        .allMatch(device -> ArrivalPolicy.isFresh(device, at));
    }

    private void tell(
            SignIn signIn, String username, @Nullable String country, Judgement judgement, boolean isCountryNews) {
        LedgerQueue queue = SessionEventListenerFactory.queue(session);
        if (judgement.newDevice()) {
            queue.offer(row(signIn, username, country, LedgerAction.NEW_DEVICE, Map.of()));
        }
        if (isCountryNews) {
            String other = judgement.otherCountry();
            queue.offer(row(
                    signIn,
                    username,
                    country,
                    LedgerAction.UNFAMILIAR_COUNTRY,
                    other == null ? Map.of() : Map.of(LedgerRow.OTHER_COUNTRY, other)));
        }
        if (judgement.mail()) {
            KnownDevice device = judgement.device();
            session.getKeycloakSessionFactory()
                    .publish(new SignInNoticed(
                            signIn.session(),
                            after(SessionArrival.UNKNOWN, judgement, country),
                            signIn.at(),
                            signIn.label(),
                            device == null ? null : device.name(),
                            signIn.ipAddress(),
                            country,
                            signIn.baseUri()));
        }
    }

    private static LedgerRow row(
            SignIn signIn,
            String username,
            @Nullable String country,
            LedgerAction action,
            Map<String, String> details) {
        return LedgerRow.noticed(
                signIn.session().realmId(),
                signIn.at(),
                action,
                signIn.session().userId(),
                username,
                signIn.session().sessionId(),
                signIn.label(),
                signIn.ipAddress(),
                country,
                details);
    }
}
