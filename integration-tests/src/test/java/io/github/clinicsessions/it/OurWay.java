package io.github.clinicsessions.it;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.keycloak.representations.idm.CredentialRepresentation;

/** Each way in which this extension ends a session: with its answer nothing of it may live. */
enum OurWay implements RaceWay {
    REST_ONE("`DELETE me/sessions/{id}`") {
        @Override
        public Ending prepare(RaceVictim victim) {
            var mine = signedIn(victim);
            return new Ending(
                    () -> RaceWay.expect(
                            204,
                            Http.bearer(
                                    "DELETE",
                                    victim.realm().api("me/sessions/" + victim.sessionId()),
                                    mine.accessToken(),
                                    null)),
                    () -> signOut(victim, mine));
        }
    },
    REST_OTHERS("`POST me/sessions/end`, others") {
        @Override
        public Ending prepare(RaceVictim victim) {
            var mine = signedIn(victim);
            return new Ending(() -> end(victim, mine, "others"), () -> signOut(victim, mine));
        }
    },
    REST_ALL("`POST me/sessions/end`, all") {
        @Override
        public Ending prepare(RaceVictim victim) {
            var mine = signedIn(victim);
            return Ending.of(() -> end(victim, mine, "all"));
        }
    },
    PAGE_BUTTON("the button on the sessions page") {
        @Override
        public Ending prepare(RaceVictim victim) {
            var page = victim.realm().account("sessions");
            var mine = new HttpBrowser();
            var list = mine.signIn(page, NOWHERE, victim.username()).body();
            var checker = field("stateChecker", list);
            var own = field("session", list); // the first row is this browser's
            return new Ending(() -> end(mine, page, checker, victim.sessionId()), () -> end(mine, page, checker, own));
        }

        private String field(String name, String html) {
            var found =
                    Pattern.compile("name=\"" + name + "\" value=\"([^\"]+)\"").matcher(html);
            if (!found.find()) {
                throw new AssertionError("no field " + name + " in " + html);
            }
            return found.group(1);
        }

        private void end(HttpBrowser mine, String page, String checker, String sessionId) {
            RaceWay.expect(303, mine.post(page + "/end", Map.of("stateChecker", checker, "session", sessionId)));
        }
    },
    NEW_PASSWORD("a new password, set by an administrator") {
        @Override
        public Ending prepare(RaceVictim victim) {
            var user = victim.realm().user(victim.username());
            var password = new CredentialRepresentation();
            password.setType(CredentialRepresentation.PASSWORD);
            password.setValue(victim.username());
            return Ending.of(() -> user.resetPassword(password));
        }
    };

    /** No redirect leads there: all of them are followed. */
    private static final String NOWHERE = "nowhere:";

    private final String title;

    OurWay(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Duration grace() {
        return Duration.ZERO;
    }

    @Override
    public boolean endsOffline() {
        return true;
    }

    private static TokenSet signedIn(RaceVictim victim) {
        return victim.realm().tokens().signIn(victim.username());
    }

    private static void signOut(RaceVictim victim, TokenSet mine) {
        RaceWay.expect(204, victim.realm().tokens().signOut(mine));
    }

    private static void end(RaceVictim victim, TokenSet mine, String scope) {
        RaceWay.expect(
                200,
                Http.bearer(
                        "POST",
                        victim.realm().api("me/sessions/end"),
                        mine.accessToken(),
                        "{\"scope\":\"" + scope + "\"}"));
    }
}
