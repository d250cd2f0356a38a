package io.github.clinicsessions.it;

/** Who uses a session while it ends. */
enum RaceUse {
    INTROSPECTION("one introspection loop", 1) {
        @Override
        void once(RaceVictim victim, int user) {
            victim.introspect();
        }
    },
    REFRESHES("20 parallel refreshes", 20) {
        @Override
        void once(RaceVictim victim, int user) {
            victim.refresh();
        }
    },
    SINGLE_SIGN_ON("4 tabs, reloading", 4) {
        @Override
        void once(RaceVictim victim, int user) {
            if (user % 2 == 0) {
                victim.signOnSilently();
            } else {
                victim.openPage();
            }
        }
    },
    OFFLINE_REFRESHES("20 parallel offline refreshes", 20) {
        @Override
        void once(RaceVictim victim, int user) {
            victim.refreshOffline();
        }
    };

    private final String title;
    private final int users;

    RaceUse(String title, int users) {
        this.title = title;
        this.users = users;
    }

    String title() {
        return title;
    }

    /** How many of them there are at a time. */
    int users() {
        return users;
    }

    /**
     * One use, whatever it comes to.
     *
     * @param user from 0 to {@link #users()} - 1
     */
    abstract void once(RaceVictim victim, int user);
}
