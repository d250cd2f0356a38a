package io.github.clinicsessions.session;

import io.github.clinicsessions.audit.LedgerRow;
import io.github.clinicsessions.limit.Counted;
import io.github.clinicsessions.limit.FlowLimits;
import io.github.clinicsessions.limit.LimitConfig;
import io.github.clinicsessions.limit.LimitOutcome;
import io.github.clinicsessions.limit.LimitPolicy;
import io.github.clinicsessions.limit.SessionLimit;
import io.github.clinicsessions.limit.SessionLimitPolicyProvider;
import io.github.clinicsessions.platform.IpAddresses;
import io.github.clinicsessions.platform.Transactions;
import io.github.clinicsessions.registry.LivingSession;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How many sessions a person may have and has, before a sign-in completes. What the authenticator finds is noted in the sign-in,
 * and acted upon when its session has begun: a sign-in that fails later ends nothing.
 */
public final class SessionLimits {

    private static final Logger LOG = Logger.getLogger(SessionLimits.class);

    /** Auth note: id of the authenticator's configuration that has let the sign-in pass; {@value #NO_CONFIG} for none. */
    private static final String NOTE_CONFIG = "clinic_limit_config";

    /** Auth note: ids of the sessions that the person has chosen to end, with commas. */
    private static final String NOTE_CHOSEN = "clinic_limit_chosen";

    /** Auth note: what the ledger has been told of it. */
    private static final String NOTE_REACHED = "clinic_limit_reached";

    private static final String NO_CONFIG = "-";

    private final KeycloakSession session;

    public SessionLimits(KeycloakSession session) {
        this.session = session;
    }

    /** Whether anybody in the realm may have a limit: where nobody does, nothing need be looked up. */
    public boolean areThere(RealmModel realm) {
        return FlowLimits.mayLimit(realm)
                || session.getProvider(SessionLimitPolicyProvider.class).mayLimit(realm);
    }

    /** The limit of a person who signs in by the flow of an authenticator; empty for none. */
    public Optional<SessionLimit> ofSignIn(RealmModel realm, UserModel user, LimitConfig config) {
        return LimitPolicy.strictest(Stream.of(
                        session.getProvider(SessionLimitPolicyProvider.class).limitFor(realm, user),
                        config.limitFor(realm, user))
                .flatMap(Optional::stream));
    }

    /**
     * How many of the person's sessions would have to end first, for one more to be within the limit.
     *
     * @param joined id of the session that the sign-in is going to join or to renew, if that is there
     */
    public int tooManyForOneMore(RealmModel realm, UserModel user, SessionLimit limit, @Nullable String joined) {
        return LimitPolicy.tooManyForOneMore(living(realm, user), limit, joined);
    }

    private Collection<Counted> living(RealmModel realm, UserModel user) {
        String userId = user.getId();
        return Transactions.inNew(session, realm, (own, ownRealm) -> {
            UserModel person = own.users().getUserById(ownRealm, userId);
            return person == null
                    ? List.<Counted>of()
                    : CountedSessions.of(own, ownRealm, person).counted();
        });
    }

    /**
     * The limit of a person whose session has begun; empty for none. Where no authenticator has let them pass it is that of the
     * strictest: they have not come by a way without one to have more.
     */
    Optional<SessionLimit> ofBegun(RealmModel realm, UserModel user, SignIn signIn) {
        if (user.getServiceAccountClientLink() != null) {
            return Optional.empty(); // not a person
        }
        return LimitPolicy.strictest(Stream.of(
                        session.getProvider(SessionLimitPolicyProvider.class).limitFor(realm, user),
                        signIn.configId() == null
                                ? FlowLimits.ofRealm(realm, user)
                                : FlowLimits.of(realm, user, signIn.configId()))
                .flatMap(Optional::stream));
    }

    /**
     * What was noted in a sign-in that has come to its end.
     *
     * @param configId of the authenticator that has let it pass, or another text if that has none; null if none has run
     * @param chosen what the person has chosen to end, ids of whatever session
     */
    record SignIn(@Nullable String configId, Set<String> chosen) {
        private static final SignIn UNKNOWN = new SignIn(null, Set.of());
    }

    /**
     * Of this request alone: the browser's other tabs have notes of their own, which may never be acted upon.
     *
     * @param begun the session that it has made; null if not known
     */
    SignIn signIn(UserModel user, @Nullable LivingSession begun) {
        return begun == null
                ? SignIn.UNKNOWN
                : SignIns.current(session, begun.sessionId())
                        .filter(one -> one.getAuthNote(NOTE_CONFIG) != null && user.equals(one.getAuthenticatedUser()))
                        .map(one -> new SignIn(one.getAuthNote(NOTE_CONFIG), chosen(one)))
                        .orElse(SignIn.UNKNOWN);
    }

    /**
     * The authenticator has let the sign-in pass.
     *
     * @param configId of its configuration; null if it has none
     * @param toEnd ids of sessions that the person has chosen to end, once the sign-in has completed
     */
    public static void passed(AuthenticationSessionModel signIn, @Nullable String configId, Collection<String> toEnd) {
        signIn.setAuthNote(NOTE_CONFIG, configId == null ? NO_CONFIG : configId);
        if (toEnd.isEmpty()) {
            signIn.removeAuthNote(NOTE_CHOSEN);
        } else {
            signIn.setAuthNote(NOTE_CHOSEN, String.join(",", toEnd));
        }
    }

    /**
     * To the ledger: the person has reached the limit. One row for an outcome of a sign-in, however often its page is shown. Never throws, and
     * nothing waits for it.
     */
    public void reached(RealmModel realm, UserModel user, SessionLimit limit, LimitOutcome outcome) {
        try {
            AuthenticationSessionModel signIn = session.getContext().getAuthenticationSession();
            if (signIn != null) {
                if (outcome.text().equals(signIn.getAuthNote(NOTE_REACHED))) {
                    return;
                }
                signIn.setAuthNote(NOTE_REACHED, outcome.text());
            }
            String address = session.getContext().getConnection().getRemoteHost();
            SessionEventListenerFactory.queue(session).offer(reached(realm, user, limit, outcome, address));
        } catch (RuntimeException e) {
            LOG.errorf(e, "that user %s has reached a limit is not in the ledger", user.getId());
        }
    }

    static LedgerRow reached(
            RealmModel realm, UserModel user, SessionLimit limit, LimitOutcome outcome, @Nullable String address) {
        return LedgerRow.limitReached(
                realm.getId(),
                Time.currentTimeMillis(),
                user.getId(),
                user.getUsername(),
                IpAddresses.canonical(address),
                Map.of(
                        "limit", String.valueOf(limit.max()),
                        "behavior", limit.behavior().text(),
                        "by", limit.kind().name().toLowerCase(Locale.ROOT),
                        "outcome", outcome.text()));
    }

    private static Set<String> chosen(AuthenticationSessionModel signIn) {
        String ids = signIn.getAuthNote(NOTE_CHOSEN);
        return ids == null ? Set.of() : new LinkedHashSet<>(Arrays.asList(ids.split(",")));
    }
}
