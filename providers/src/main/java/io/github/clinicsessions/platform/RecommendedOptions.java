package io.github.clinicsessions.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a server differs from what docs/operations.md recommends. Pure: {@link StartUpCheck} reads the values.
 *
 * @param useCaches whether user sessions are cached; null where the server does not say
 * @param socketTimeoutMillis of Keycloak's HTTP client; 0 or less is no limit
 * @param connectTimeoutMillis of the same, to establish a connection; 0 or less is no limit
 * @param realms how many realms are switched on
 * @param realmsWithLongTokens names of those among them in which an access token may live longer than {@value
 *     RealmSettings#LONGEST_ACCESS_TOKEN_SECONDS} s
 */
record RecommendedOptions(
        @Nullable Boolean useCaches,
        long socketTimeoutMillis,
        long connectTimeoutMillis,
        int realms,
        List<String> realmsWithLongTokens) {

    static final long SOCKET_TIMEOUT_MILLIS = 2_000;
    static final long CONNECT_TIMEOUT_MILLIS = 1_000;

    private static final String USE_CACHES = "--spi-user-sessions--infinispan--use-caches";
    private static final String HTTP_CLIENT = "--spi-connections-http-client--default--";
    private static final String SOCKET_TIMEOUT = "socket-timeout-millis";
    private static final String CONNECT_TIMEOUT = "establish-connection-timeout-millis";
    private static final int NAMED_AT_MOST = 5;

    /** What to change, one sentence each; empty when all is as recommended. */
    List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (!cachesAreGood()) {
            advice.add(
                    "set " + USE_CACHES + "=false (with caches, a request on its way can bring an ended session back)");
        }
        if (!isWithin(socketTimeoutMillis, SOCKET_TIMEOUT_MILLIS)) {
            advice.add(timeoutAdvice(SOCKET_TIMEOUT, SOCKET_TIMEOUT_MILLIS, socketTimeoutMillis));
        }
        if (!isWithin(connectTimeoutMillis, CONNECT_TIMEOUT_MILLIS)) {
            advice.add(timeoutAdvice(CONNECT_TIMEOUT, CONNECT_TIMEOUT_MILLIS, connectTimeoutMillis));
        }
        if (!realmsWithLongTokens.isEmpty()) {
            advice.add("shorten access tokens to " + RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS
                    + " s or less, in the realm (implicit flow included) and in its clients: " + someNames());
        }
        return advice;
    }

    /** For the Admin Console's server info. No names of realms: administrators of any realm see it. */
    Map<String, String> shown() {
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put(
                "use-caches (user sessions)",
                useCaches == null ? "not known" : judged(String.valueOf(useCaches), cachesAreGood(), "false"));
        shown.put(
                SOCKET_TIMEOUT + " (HTTP client)",
                judged(
                        millis(socketTimeoutMillis),
                        isWithin(socketTimeoutMillis, SOCKET_TIMEOUT_MILLIS),
                        millis(SOCKET_TIMEOUT_MILLIS)));
        shown.put(
                CONNECT_TIMEOUT + " (HTTP client)",
                judged(
                        millis(connectTimeoutMillis),
                        isWithin(connectTimeoutMillis, CONNECT_TIMEOUT_MILLIS),
                        millis(CONNECT_TIMEOUT_MILLIS)));
        shown.put(
                "access tokens",
                "at start: " + realms + " realm(s) switched on, in " + realmsWithLongTokens.size()
                        + " of them tokens may live longer than " + RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS + " s");
        return shown;
    }

    private boolean cachesAreGood() {
        return useCaches == null || !useCaches;
    }

    private static boolean isWithin(long millis, long most) {
        return millis > 0 && millis <= most;
    }

    private static String timeoutAdvice(String option, long recommended, long actual) {
        return "set " + HTTP_CLIENT + option + "=" + recommended + " (it is " + millis(actual)
                + "; a client that does not answer holds up Keycloak's own sign-outs)";
    }

    private static String millis(long millis) {
        return millis > 0 ? millis + " ms" : "no limit";
    }

    private static String judged(String actual, boolean good, String recommended) {
        return good ? actual + ", as recommended" : actual + "; recommended: " + recommended;
    }

    private String someNames() {
        String names = String.join(
                ", ", realmsWithLongTokens.stream().limit(NAMED_AT_MOST).toList());
        int more = realmsWithLongTokens.size() - NAMED_AT_MOST;
        return more > 0 ? names + " and " + more + " more" : names;
    }
}
