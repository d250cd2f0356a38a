package io.github.clinicsessions.it;

import java.time.Duration;

/**
 * Ways in which Keycloak itself ends a session. In a realm that is switched on this extension sweeps after those that are
 * marked so: for them the race is a test, for the others a report.
 */
enum KeycloaksWay implements RaceWay {
    ADMIN_DELETE("`DELETE /admin/realms/{realm}/sessions/{id}`", true, true) {
        @Override
        public Ending prepare(RaceVictim victim) {
            var realm = victim.realm().admin();
            return Ending.of(() -> realm.deleteSession(victim.sessionId(), false));
        }
    },
    ADMIN_USER_LOGOUT("`POST /admin/realms/{realm}/users/{id}/logout`", true, true) {
        @Override
        public Ending prepare(RaceVictim victim) {
            var user = victim.realm().user(victim.username());
            return Ending.of(user::logout);
        }
    },
    ADMIN_LOGOUT_ALL("`POST /admin/realms/{realm}/logout-all`", true, true) {
        @Override
        public Ending prepare(RaceVictim victim) {
            var realm = victim.realm().admin();
            return Ending.of(realm::logoutAll);
        }
    },
    LOGOUT_ENDPOINT("the logout endpoint", true, true) {
        @Override
        public Ending prepare(RaceVictim victim) {
            return Ending.of(() -> RaceWay.expect(204, victim.realm().tokens().signOut(victim.online())));
        }
    },
    /** Enabling the person again must not bring anything back. */
    DISABLED("the person is disabled, and enabled again", true, true) {
        @Override
        public Ending prepare(RaceVictim victim) {
            return new Ending(() -> enabled(victim, false), () -> enabled(victim, true));
        }
    };

    private static final Duration SWEEP = Duration.ofSeconds(2);

    private final String title;
    private final boolean swept;
    private final boolean offlineToo;

    /**
     * @param swept whether this extension sweeps after it
     * @param offlineToo whether offline access of the same id has to be swept with it
     */
    KeycloaksWay(String title, boolean swept, boolean offlineToo) {
        this.title = title;
        this.swept = swept;
        this.offlineToo = offlineToo;
    }

    @Override
    public String title() {
        return title;
    }

    boolean swept() {
        return swept;
    }

    @Override
    public Duration grace() {
        return swept ? SWEEP : Duration.ZERO;
    }

    @Override
    public boolean endsOffline() {
        return swept && offlineToo;
    }

    private static void enabled(RaceVictim victim, boolean enabled) {
        var user = victim.realm().user(victim.username());
        var person = user.toRepresentation();
        person.setEnabled(enabled);
        user.update(person);
    }
}
