package io.github.clinicsessions.it;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** What the database knows of a person's devices and of how their sessions began; each is written behind the sign-in. */
final class KnownDeviceRows {

    private final TestRealm realm;
    private final Database database;
    private final String userId;

    KnownDeviceRows(TestRealm realm, String username) {
        this.realm = realm;
        this.database = realm.server().database();
        this.userId = realm.userId(username);
    }

    /** Waits until so many sign-ins have been judged, this person's first among them, and that many devices are known. */
    KnownDeviceRows await(int devices) {
        Awaitility.await("devices of a person")
                .until(() -> count("CLINIC_KNOWN_PERSON") == 1 && count("CLINIC_KNOWN_DEVICE") == devices);
        return this;
    }

    /** Ids of the person's devices, the first one first. */
    List<String> ids() {
        return texts("ID");
    }

    /** A column of each, the first one first. */
    List<String> texts(String column) {
        return database.texts(
                "select " + column
                        + " from CLINIC_KNOWN_DEVICE where REALM_ID = ? and USER_ID = ? order by FIRST_SEEN, ID",
                realm.id(),
                userId);
    }

    /** Milliseconds since the epoch. */
    long lastSeenAt() {
        return database.number(
                "select LAST_SEEN from CLINIC_KNOWN_PERSON where REALM_ID = ? and USER_ID = ?", realm.id(), userId);
    }

    /** How many mails are counted. */
    int mails() {
        return (int) database
                .texts(
                        "select MAILED_AT from CLINIC_KNOWN_PERSON where REALM_ID = ? and USER_ID = ?",
                        realm.id(),
                        userId)
                .stream()
                .flatMap(text -> text == null ? Stream.empty() : Arrays.stream(text.split(",")))
                .count();
    }

    long count(String table) {
        return database.number(
                "select count(*) from " + table + " where REALM_ID = ? and USER_ID = ?", realm.id(), userId);
    }

    /** The device that the session began with; waits for it. */
    String deviceOf(String sessionId) {
        return Awaitility.await("device of a session")
                .until(
                        () -> String.join(
                                "",
                                database.texts(
                                        "select coalesce(DEVICE_ID, '') from CLINIC_LIVING_SESSION where SESSION_ID = ?",
                                        sessionId)),
                        id -> !id.isEmpty());
    }

    /** The same, once the session has been judged. */
    Set<String> judgedMarks(TokenSet tokens) {
        deviceOf(tokens.sessionId());
        return marksOf(tokens.sessionId());
    }

    /** All that is known was known three days ago already. */
    void longAgo() {
        var days = Duration.ofDays(3).toMillis();
        database.update(
                "update CLINIC_KNOWN_DEVICE set FIRST_SEEN = FIRST_SEEN - ?, LAST_SEEN = LAST_SEEN - ?"
                        + " where REALM_ID = ? and USER_ID = ?",
                days,
                days,
                realm.id(),
                userId);
    }

    /** @param id of a device; null for the person's own row */
    void unseen(String table, @Nullable String id, Duration since) {
        var changed = database.update(
                "update " + table + " set LAST_SEEN = LAST_SEEN - ? where REALM_ID = ? and USER_ID = ?"
                        + (id == null ? "" : " and ID = '" + id + "'"),
                since.toMillis(),
                realm.id(),
                userId);
        if (changed != 1) {
            throw new IllegalStateException(table + ": " + changed);
        }
    }

    /** What is noticed about the session by now. */
    Set<String> marksOf(String sessionId) {
        var marks = String.join(
                "",
                database.texts(
                        "select coalesce(MARKS, '') from CLINIC_LIVING_SESSION where SESSION_ID = ?", sessionId));
        return marks.isEmpty() ? Set.of() : new TreeSet<>(Arrays.asList(marks.split(",")));
    }
}
