package io.github.clinicsessions.platform;

/** Access-token lifespans as realms and clients store them, in seconds. Pure. */
final class LongLifespans {

    private LongLifespans() {}

    /**
     * Whether it is longer than {@value RealmSettings#LONGEST_ACCESS_TOKEN_SECONDS} s. A client's {@code -1} is "as long as
     * the session"; blank, and what is no number, counts as absent.
     */
    static boolean isLong(String seconds) {
        try {
            long value = Long.parseLong(seconds.strip());
            return value < 0 || value > RealmSettings.LONGEST_ACCESS_TOKEN_SECONDS;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
