package io.github.clinicsessions.clinic;

import io.github.clinicsessions.session.SessionView;
import io.github.clinicsessions.timeout.IdleRule;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Says why a person's sessions end. Asks for their clinics once at the most, and only where a rule of one of several counts. */
public final class TimeoutReasons {

    private final Supplier<List<Clinic>> supplier;
    private @Nullable List<Clinic> clinics;

    private TimeoutReasons(Supplier<List<Clinic>> supplier) {
        this.supplier = supplier;
    }

    /** To the person, who knows their clinics. */
    public static TimeoutReasons ofOwn(KeycloakSession session, RealmModel realm, UserModel user) {
        return new TimeoutReasons(() -> new ClinicDirectory(session, realm).of(user));
    }

    /** To whoever oversees the person through these clinics. */
    static TimeoutReasons of(Oversight oversight, Person person) {
        return new TimeoutReasons(() -> oversight.clinics().stream()
                .filter(clinic -> person.clinicIds().contains(clinic.id()))
                .toList());
    }

    /** Null of a session of which only offline access is left. */
    public @Nullable TimeoutReason of(SessionView session) {
        IdleRule rule = session.timeoutRule();
        return rule == null ? null : TimeoutReason.of(rule, rule.clinic() != null ? clinics() : List.of());
    }

    private List<Clinic> clinics() {
        if (clinics == null) {
            clinics = supplier.get();
        }
        return clinics;
    }
}
