package io.github.clinicsessions.clinic;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.authentication.actiontoken.DefaultActionToken;

/**
 * What the link of a mail carries with which a person says that a sign-in was not theirs. Signed as Keycloak's own action tokens are,
 * but of a type of its own that none of Keycloak's handlers takes. It names the session by its reference only: a mail is no place for an
 * id. Made and read by {@link ReportLinks}.
 */
public final class ReportToken extends DefaultActionToken {

    static final String TYPE = "clinic-report";

    private static final String SESSION = "clinic_session";
    private static final String STARTED = "clinic_started";
    private static final String AT = "clinic_at";
    private static final String DEVICE = "clinic_device";
    private static final String LABEL = "clinic_label";
    private static final String ADDRESS = "clinic_address";
    private static final String COUNTRY = "clinic_country";

    private static final Pattern MILLIS = Pattern.compile("\\d{1,18}");

    /** For Jackson. */
    public ReportToken() {}

    ReportToken(String userId, int expiresAt, String sessionRef, NoticedSignIn noticed) {
        super(userId, TYPE, expiresAt, null);
        setNote(SESSION, sessionRef);
        setNote(STARTED, String.valueOf(noticed.sessionStartedAt()));
        setNote(AT, String.valueOf(noticed.at()));
        setNote(DEVICE, noticed.deviceId()); // none for null
        setNote(LABEL, noticed.label());
        setNote(ADDRESS, noticed.ipAddress());
        setNote(COUNTRY, noticed.country());
    }

    /** See {@code SessionRef}; null in what is no token of ours. */
    @Nullable
    String sessionRef() {
        return getNote(SESSION);
    }

    /** Null in what is no token of ours. */
    @Nullable
    NoticedSignIn noticed() {
        String started = getNote(STARTED);
        String at = getNote(AT);
        if (getIat() == null || !isMillis(started) || !isMillis(at)) {
            return null;
        }
        return new NoticedSignIn(
                Long.parseLong(started),
                Long.parseLong(at),
                getIat() * 1_000,
                getNote(LABEL),
                getNote(ADDRESS),
                getNote(COUNTRY),
                getNote(DEVICE));
    }

    private static boolean isMillis(@Nullable String text) {
        return text != null && MILLIS.matcher(text).matches();
    }

    /** Nothing of an authentication session. */
    @Override
    public Map<String, String> getNotes() {
        return Map.of();
    }
}
