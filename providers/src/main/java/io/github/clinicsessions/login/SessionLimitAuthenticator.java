package io.github.clinicsessions.login;

import io.github.clinicsessions.limit.LimitBehavior;
import io.github.clinicsessions.limit.LimitConfig;
import io.github.clinicsessions.limit.LimitOutcome;
import io.github.clinicsessions.limit.SessionLimit;
import io.github.clinicsessions.platform.LimitSettings;
import io.github.clinicsessions.platform.RealmSwitch;
import io.github.clinicsessions.session.SessionLimits;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Keeps a sign-in that would be one session too many from completing, or asks which others are to end. Ends none itself: the sign-in
 * may yet fail, and others complete at the same time. A failure of ours breaks no sign-in, unless it is to be refused in doubt.
 */
final class SessionLimitAuthenticator implements Authenticator {

    private static final Logger LOG = Logger.getLogger(SessionLimitAuthenticator.class);

    private final KeycloakSession session;
    private final SessionLimits limits;
    private final MisplacedExecutions misplaced;

    SessionLimitAuthenticator(KeycloakSession session, MisplacedExecutions misplaced) {
        this.session = session;
        this.limits = new SessionLimits(session);
        this.misplaced = misplaced;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        decide(context, null);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey(ChoicePage.CANCEL)) {
            context.cancelLogin();
            return;
        }
        decide(context, form.getOrDefault(ChoicePage.FIELD, List.of()));
    }

    /** @param asked what the page has sent; null if it has not been shown */
    private void decide(AuthenticationFlowContext context, @Nullable List<String> asked) {
        if (!RealmSwitch.isOn(context.getRealm())) {
            context.success();
            return;
        }
        LimitConfig config = config(context);
        boolean deniesInDoubt = denies(config) || denies(LimitSettings.of(context.getRealm()));
        try {
            Optional<SessionLimit> limit = limits.ofSignIn(context.getRealm(), context.getUser(), config);
            deniesInDoubt = limit.isPresent() && limit.get().behavior() == LimitBehavior.DENY;
            if (limit.isPresent()) {
                decide(context, limit.get(), asked);
            } else {
                pass(context, List.of());
            }
        } catch (RuntimeException e) {
            LOG.errorf(
                    e,
                    "whether user %s may have one more session is not known: the sign-in %s",
                    context.getUser().getId(),
                    deniesInDoubt ? "is refused" : "goes on");
            if (deniesInDoubt) {
                new Refusal(context).inDoubt();
            } else {
                pass(context, List.of());
            }
        }
    }

    private void decide(AuthenticationFlowContext context, SessionLimit limit, @Nullable List<String> asked) {
        int tooMany = new ComingSession(session, limits).tooManyBeside(context, limit);
        if (limit.behavior() == LimitBehavior.END_LEAST_RECENT || (tooMany == 0 && asked == null)) {
            pass(context, List.of());
        } else if (FlowPosition.of(context).isLast()) {
            decideAtTheEnd(context, limit, tooMany, asked);
        } else {
            // Not even that there are too many may be told before the last factor: the look after the sign-in will find
            // it.
            misplaced.warn(context);
            pass(context, List.of());
        }
    }

    private void decideAtTheEnd(
            AuthenticationFlowContext context, SessionLimit limit, int tooMany, @Nullable List<String> asked) {
        if (limit.behavior() == LimitBehavior.CHOOSE && FlowPosition.of(context).hasPages()) {
            choose(context, limit, tooMany, asked);
        } else if (tooMany == 0) {
            pass(context, List.of()); // what the page asked for is not asked any more
        } else {
            limits.reached(context.getRealm(), context.getUser(), limit, LimitOutcome.REFUSED);
            new Refusal(context).because(limit);
        }
    }

    private void choose(
            AuthenticationFlowContext context, SessionLimit limit, int tooMany, @Nullable List<String> asked) {
        ChoicePage page = new ChoicePage(context, limit);
        Set<String> chosen = page.idsAmong(asked == null ? List.of() : asked);
        // What counts and is not listed, for it may live again only when a realm's setting changes, nobody can choose.
        int needed = Math.min(tooMany, page.size());
        if ((asked != null || needed == 0) && chosen.size() >= needed) {
            pass(context, chosen);
            return;
        }
        Response response = page.render(needed, chosen, asked != null);
        if (response.getStatusInfo().getFamily() == Response.Status.Family.SERVER_ERROR) {
            throw new IllegalStateException("the page could not be made"); // Keycloak has logged why
        }
        limits.reached(context.getRealm(), context.getUser(), limit, LimitOutcome.ASKED);
        context.challenge(response);
    }

    private void pass(AuthenticationFlowContext context, Collection<String> toEnd) {
        new SignedOutCookie(session).forget(context.getRealm());
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        SessionLimits.passed(
                context.getAuthenticationSession(), config == null ? null : config.getId(), new LinkedHashSet<>(toEnd));
        context.success();
    }

    private static LimitConfig config(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        return LimitConfig.of(config == null ? null : config.getConfig());
    }

    private static boolean denies(LimitConfig config) {
        return config.behavior() == LimitBehavior.DENY && config.mayLimit();
    }

    private static boolean denies(LimitSettings ofRealm) {
        return ofRealm.maxSessions().isPresent()
                && ofRealm.behavior().filter(LimitBehavior.DENY.text()::equals).isPresent();
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession own, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession own, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
