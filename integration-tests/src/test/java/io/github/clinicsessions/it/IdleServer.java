package io.github.clinicsessions.it;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code clinic-idle.js} asks, answered inside a test with a time that only the test moves. It answers while Playwright
 * is called, so that nothing here is concurrent.
 */
final class IdleServer {

    static final String URL = "https://id.example/auth";

    private static final Map<String, String> CORS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Headers", "authorization");

    final List<String> calls = new ArrayList<>();
    boolean reachable = true;
    boolean ended;
    String refused = "";
    private final long limitMillis;
    private final double reportSeconds;
    private long now;
    private long expiresAt;

    /** A session that has just begun. */
    IdleServer(Duration limit, Duration report) {
        limitMillis = limit.toMillis();
        reportSeconds = report.toMillis() / 1000.0;
        expiresAt = limitMillis;
    }

    void answer(BrowserContext context) {
        context.route(url -> url.equals(URL + "/realms/clinic/clinic-sessions/v1/me/activity?guard=1"), this::answer);
    }

    void pass(Duration time) {
        now += time.toMillis();
    }

    /** Somebody is there, elsewhere. */
    void somebodyElsewhere() {
        expiresAt = now + limitMillis;
    }

    long reports() {
        return calls.stream().filter("POST"::equals).count();
    }

    private void answer(Route route) {
        var request = route.request();
        if (request.method().equals("OPTIONS")) {
            route.fulfill(new Route.FulfillOptions().setStatus(204).setHeaders(CORS));
            return;
        }
        if (!reachable) {
            calls.add("unreachable");
            route.abort("internetdisconnected");
            return;
        }
        calls.add(request.method());
        var token = request.headers().getOrDefault("authorization", "");
        if (ended || now >= expiresAt || token.equals("Bearer " + refused)) {
            calls.add("401");
            route.fulfill(new Route.FulfillOptions().setStatus(401).setHeaders(CORS));
            return;
        }
        if (request.method().equals("POST")) {
            expiresAt = now + limitMillis;
        }
        var body = Http.JSON
                .createObjectNode()
                .put("idleExpiresAt", "2001-01-01T00:00:00Z") // by a clock that is far from the browser's
                .put("idleExpiresInMillis", expiresAt - now)
                .put("idleTimeoutSeconds", limitMillis / 1000)
                .put("timeoutReason", "clinic rule")
                .put("reportSeconds", reportSeconds);
        route.fulfill(new Route.FulfillOptions()
                .setStatus(200)
                .setHeaders(CORS)
                .setContentType("application/json")
                .setBody(body.toString()));
    }
}
