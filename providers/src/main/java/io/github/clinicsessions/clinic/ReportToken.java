package io.github.clinicsessions.clinic;

import java.util.Map;
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
    private static final String DEVICE = "clinic_device";

    /** For Jackson. */
    public ReportToken() {}

    ReportToken(String userId, int expiresAt, String sessionRef, @Nullable String deviceId) {
        super(userId, TYPE, expiresAt, null);
        setNote(SESSION, sessionRef);
        if (deviceId != null) {
            setNote(DEVICE, deviceId);
        }
    }

    /** See {@code SessionRef}; null in what is no token of ours. */
    public @Nullable String sessionRef() {
        return getNote(SESSION);
    }

    /** Of the person's known device; null where none was recognised. */
    public @Nullable String deviceId() {
        return getNote(DEVICE);
    }

    /** Nothing of an authentication session. */
    @Override
    public Map<String, String> getNotes() {
        return Map.of();
    }
}
