package io.github.clinicsessions.it;

import io.github.clinicsessions.it.Http.Answer;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session in every form that a session can be used in: online tokens, the cookies of a browser, an offline token if it has
 * to. All of them are of the same id.
 */
final class RaceVictim {

    /** One way to find a session alive. */
    enum Sign {
        INTROSPECTION,
        REFRESH,
        OFFLINE_REFRESH,
        SINGLE_SIGN_ON
    }

    private final TestRealm realm;
    private final String username;
    private final HttpBrowser browser;
    private final TokenSet online;
    private final @Nullable TokenSet offline;

    private RaceVictim(
            TestRealm realm, String username, HttpBrowser browser, TokenSet online, @Nullable TokenSet offline) {
        this.realm = realm;
        this.username = username;
        this.browser = browser;
        this.online = online;
        this.offline = offline;
    }

    /**
     * By the sign-in page.
     *
     * @param offlineToo whether it gets offline access beside the rest
     */
    static RaceVictim signIn(TestRealm realm, String username, boolean offlineToo) {
        var browser = new HttpBrowser();
        var tokens = realm.tokens();
        var online =
                tokens.redeem(code(browser.signIn(tokens.signInUrl("openid", Map.of()), tokens.callback(), username)));
        // The other way round Keycloak would leave no online session.
        var offline = offlineToo ? tokens.redeem(code(silently(realm, browser, "openid offline_access"))) : null;
        var victim = new RaceVictim(realm, username, browser, online, offline);
        victim.mustBeAlive();
        return victim;
    }

    private void mustBeAlive() {
        var expected = EnumSet.allOf(Sign.class);
        if (offline == null) {
            expected.remove(Sign.OFFLINE_REFRESH);
        } else if (!offline.sessionId().equals(sessionId())) {
            throw new AssertionError("not of the same id: " + offline.sessionId() + ", " + sessionId());
        }
        var alive = signs();
        if (!alive.equals(expected)) {
            throw new AssertionError("a new session lives by " + alive + ", not by " + expected);
        }
    }

    TestRealm realm() {
        return realm;
    }

    String username() {
        return username;
    }

    String sessionId() {
        return online.sessionId();
    }

    TokenSet online() {
        return online;
    }

    Answer refresh() {
        return realm.tokens().refresh(online);
    }

    Answer refreshOffline() {
        return realm.tokens().refresh(Objects.requireNonNull(offline));
    }

    boolean introspect() {
        return realm.tokens().introspect(online);
    }

    /** With cookies as they were at the sign-in, though answers may have taken them away meanwhile: a thief keeps them. */
    Answer signOnSilently() {
        return silently(realm, browser.copy(), "openid");
    }

    /** Adds another client to the session. */
    void signOnTo(String clientId) {
        code(browser.get(realm.tokens().signInUrl("openid", Map.of("prompt", "none", "client_id", clientId))));
    }

    /** The account console's page, ours where the realm is switched on; cookies as with {@link #signOnSilently}. */
    Answer openPage() {
        return browser.copy().get(realm.account("sessions"));
    }

    /** Each of the ways in which the session is not refused. */
    Set<Sign> signs() {
        var found = EnumSet.noneOf(Sign.class);
        if (introspect()) {
            found.add(Sign.INTROSPECTION);
        }
        if (refresh().status() != 400) {
            found.add(Sign.REFRESH);
        }
        if (offline != null
                && (refreshOffline().status() != 400 || realm.tokens().introspect(offline))) {
            found.add(Sign.OFFLINE_REFRESH);
        }
        if (!query(signOnSilently()).contains("error=login_required")) {
            found.add(Sign.SINGLE_SIGN_ON);
        }
        return found;
    }

    private static Answer silently(TestRealm realm, HttpBrowser browser, String scope) {
        return browser.get(realm.tokens().signInUrl(scope, Map.of("prompt", "none")));
    }

    private static String code(Answer answer) {
        return Arrays.stream(query(answer).split("&", -1))
                .filter(parameter -> parameter.startsWith("code="))
                .map(parameter -> parameter.substring("code=".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no code: " + answer.status() + " " + query(answer)));
    }

    private static String query(Answer answer) {
        return String.valueOf(URI.create(answer.header("Location")).getRawQuery());
    }
}
