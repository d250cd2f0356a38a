package io.github.clinicsessions.session;

import java.util.regex.Pattern;

/**
 * Who is behind a LOGOUT event of Keycloak's. It carries no reason, so that the request's path has to tell: Keycloak fires
 * it too when its session limiter or a password change ends another session (below {@code login-actions}), and when an
 * identity provider asks for it (below {@code broker}, or {@code backchannel-logout}). Pure.
 */
final class LogoutOrigin {

    private static final Pattern OWN = Pattern.compile(".*/?realms/[^/]+/"
            + "(?:protocol/(?!.*backchannel-logout).*|account(?:/.*)?|broker/[^/]+/endpoint/logout_response.*)");

    private LogoutOrigin() {}

    /**
     * Whether it is the person's own sign-out: the logout endpoint, an application's sign-out, the Account REST API, or
     * the way back from an identity provider's sign-out page.
     *
     * @param path of the request, with or without a slash at the beginning
     */
    static boolean isPersonsOwn(String path) {
        return OWN.matcher(path).matches();
    }
}
