package io.github.clinicsessions.limit;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Limits by the authenticators {@code clinic-session-limit} of a realm. */
public final class FlowLimits {

    /** Flows cannot be nested in each other by Keycloak's pages; an import could. */
    private static final int DEEPEST = 20;

    private FlowLimits() {}

    /**
     * The strictest for the person of the authenticators that are enabled in the realm's browser and direct grant flows, subflows
     * included; empty for none. For a sign-in that goes through neither.
     */
    public static Optional<SessionLimit> ofRealm(RealmModel realm, UserModel user) {
        return LimitPolicy.strictest(Stream.of(realm.getBrowserFlow(), realm.getDirectGrantFlow())
                .flatMap(flow -> configs(realm, flow, 0))
                .flatMap(config -> config.limitFor(realm, user).stream()));
    }

    /**
     * By the authenticator with this configuration.
     *
     * @param configId null, or of one that has gone, for none
     */
    public static Optional<SessionLimit> of(RealmModel realm, UserModel user, @Nullable String configId) {
        return config(realm, configId).limitFor(realm, user);
    }

    /** Whether an authenticator of the realm that is enabled, in whatever flow, limits anybody. */
    public static boolean mayLimit(RealmModel realm) {
        return realm.getAuthenticationFlowsStream()
                .flatMap(flow -> realm.getAuthenticationExecutionsStream(flow.getId()))
                .filter(one -> one.isEnabled() && !one.isAuthenticatorFlow())
                .flatMap(one -> configs(realm, one, 0))
                .anyMatch(LimitConfig::mayLimit);
    }

    private static Stream<LimitConfig> configs(RealmModel realm, @Nullable AuthenticationFlowModel flow, int depth) {
        return flow == null || depth > DEEPEST
                ? Stream.empty()
                : realm.getAuthenticationExecutionsStream(flow.getId())
                        .filter(AuthenticationExecutionModel::isEnabled)
                        .flatMap(execution -> configs(realm, execution, depth));
    }

    private static Stream<LimitConfig> configs(RealmModel realm, AuthenticationExecutionModel execution, int depth) {
        if (execution.isAuthenticatorFlow()) {
            return configs(realm, realm.getAuthenticationFlowById(execution.getFlowId()), depth + 1);
        }
        return LimitConfig.AUTHENTICATOR.equals(execution.getAuthenticator())
                ? Stream.of(config(realm, execution.getAuthenticatorConfig()))
                : Stream.empty();
    }

    private static LimitConfig config(RealmModel realm, @Nullable String id) {
        AuthenticatorConfigModel config = id == null ? null : realm.getAuthenticatorConfigById(id);
        return LimitConfig.of(config == null ? null : config.getConfig());
    }
}
