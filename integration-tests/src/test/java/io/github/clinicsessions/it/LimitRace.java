package io.github.clinicsessions.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.it.Http.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One person signs in twenty times at once, in all ways: by direct grant, for offline access, by browsers, and by browsers that have
 * signed in long before and stand at a required action. What lives when all have been answered is asked of Keycloak's own Admin
 * API and of the tokens.
 */
final class LimitRace {

    static final int SIGN_INS = 20;

    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");
    private static final Pattern NAME = Pattern.compile("\\bname=\"([^\"]*)\"");
    private static final Pattern VALUE = Pattern.compile("\\bvalue=\"([^\"]*)\"");

    private final TestRealm realm;
    private final List<Tokens> nodes;
    private final String username;

    /** @param nodes addresses of the realm on each node */
    LimitRace(TestRealm realm, List<String> nodes, String username) {
        this.realm = realm;
        this.nodes = nodes.stream().map(Tokens::new).toList();
        this.username = username;
    }

    /**
     * What lives of it.
     *
     * @param signedIn how many sign-ins got as far as to a code or a token
     * @param alive by Keycloak's Admin API
     * @param usable ids of sessions whose tokens can be refreshed and are active
     */
    record Result(int signedIn, Set<String> alive, Set<String> usable) {}

    /** A new person. */
    Result run() throws Exception {
        realm.addUser(username, "R", "Ace");
        return signInAtOnce(IntStream.range(0, SIGN_INS)
                .<Callable<Optional<TokenSet>>>mapToObj(this::signIn)
                .toList());
    }

    /** The same person again, by direct grants alone. */
    Result again(int signIns) throws Exception {
        return signInAtOnce(IntStream.range(0, signIns)
                .<Callable<Optional<TokenSet>>>mapToObj(i -> () -> direct(node(i), "openid"))
                .toList());
    }

    /** Prepared as far as it can be. */
    private Callable<Optional<TokenSet>> signIn(int i) {
        var node = node(i);
        return switch (i % 5) {
            case 0, 1 -> () -> direct(node, "openid");
            case 2 -> () -> direct(node, "openid offline_access");
            case 3 -> inBrowser(node, i % 2 == 0 ? "openid" : "openid offline_access");
            default -> atRequiredAction(node);
        };
    }

    private Tokens node(int i) {
        // Not in step with the ways of signing in.
        return nodes.get((i / 2) % nodes.size());
    }

    private Optional<TokenSet> direct(Tokens node, String scope) {
        var answer = node.grant(username, username, scope, Map.of());
        return answer.status() == 200 ? Optional.of(TokenSet.of(answer.json())) : Optional.empty();
    }

    private Callable<Optional<TokenSet>> inBrowser(Tokens node, String scope) {
        var browser = new HttpBrowser();
        var page = browser.open(node.signInUrl(scope, Map.of()), node.callback());
        return () -> redeem(node, submit(browser, page, Map.of("username", username, "password", username), node));
    }

    private Callable<Optional<TokenSet>> atRequiredAction(Tokens node) {
        var browser = new HttpBrowser();
        var page = browser.open(node.signInUrl("openid", Map.of("kc_action", "UPDATE_PROFILE")), node.callback());
        var action = submit(browser, page, Map.of("username", username, "password", username), node);
        assertThat(action.body()).as("the form of the required action").contains("name=\"lastName\"");
        var form = new HashMap<String, String>();
        INPUT.matcher(action.body()).results().forEach(input -> {
            var name = NAME.matcher(input.group());
            var value = VALUE.matcher(input.group());
            if (name.find() && !name.group(1).equals("cancel-aia") && value.find()) {
                form.put(name.group(1), value.group(1));
            }
        });
        return () -> redeem(node, submit(browser, action, form, node));
    }

    private static Answer submit(HttpBrowser browser, Answer page, Map<String, String> values, Tokens node) {
        var form = HttpBrowser.FORM.matcher(page.body());
        assertThat(form.find()).as("a form in: %s", page.body()).isTrue();
        var answer = browser.post(form.group(1).replace("&amp;", "&"), values);
        if (answer.status() / 100 != 3 || answer.header("Location").startsWith(node.callback())) {
            return answer;
        }
        return browser.open(answer.header("Location"), node.callback());
    }

    /** A session that has ended meanwhile has a code that is worth nothing: it has been signed in to all the same. */
    private static Optional<TokenSet> redeem(Tokens node, Answer answer) {
        if (answer.status() / 100 != 3) {
            return Optional.empty();
        }
        var location = answer.header("Location");
        assertThat(location).contains("code=");
        var redeemed = node.redemption(Tokens.APP, location.replaceFirst(".*[?&]code=([^&]*).*", "$1"));
        return Optional.of(redeemed.status() == 200 ? TokenSet.of(redeemed.json()) : new TokenSet("", "", ""));
    }

    private Result signInAtOnce(List<Callable<Optional<TokenSet>>> signIns) throws Exception {
        var pool = Executors.newFixedThreadPool(signIns.size());
        try {
            var start = new CountDownLatch(1);
            var running = new ArrayList<Future<Optional<TokenSet>>>();
            for (var signIn : signIns) {
                running.add(pool.submit(() -> {
                    start.await();
                    return signIn.call();
                }));
            }
            start.countDown();
            var tokens = new ArrayList<TokenSet>();
            for (var one : running) {
                one.get(120, TimeUnit.SECONDS).ifPresent(tokens::add);
            }
            return result(tokens);
        } finally {
            pool.shutdownNow();
        }
    }

    private Result result(List<TokenSet> tokens) {
        var usable = new TreeSet<String>();
        for (var i = 0; i < tokens.size(); i++) {
            var one = tokens.get(i);
            // Each at the node that has not made it.
            var node = nodes.get((i / 2 + 1) % nodes.size());
            if (!one.accessToken().isEmpty()
                    && node.introspect(one)
                    && node.refresh(one).status() == 200) {
                usable.add(one.sessionId());
            }
        }
        return new Result(tokens.size(), SessionLimits.alive(realm, username), usable);
    }
}
