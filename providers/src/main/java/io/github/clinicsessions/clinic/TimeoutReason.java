package io.github.clinicsessions.clinic;

import io.github.clinicsessions.timeout.IdleRule;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a session ends that nobody uses, as somebody may be told who looks at it.
 *
 * @param name the clinic's as people call it, or the role's; null where none is told
 * @param seconds that it may last unused
 */
public record TimeoutReason(Kind kind, @Nullable String name, int seconds) {

    /** Whose rule it is. */
    public enum Kind {
        /** That of the person's clinic; there is one only to speak of. */
        CLINIC,
        /** That of one of several clinics. */
        NAMED_CLINIC,
        /** That of a clinic whose staff is none of the viewer's business. */
        OTHER_CLINIC,
        ROLE,
        /** What holds for everybody. */
        REALM,
        /** What no session may pass. */
        BOUND
    }

    /** @param clinics of the person's, those of which the viewer may know */
    static TimeoutReason of(IdleRule rule, Collection<Clinic> clinics) {
        return switch (rule.kind()) {
            case CLINIC -> ofClinic(rule, clinics);
            case ROLE ->
                rule.clinic() == null
                                || clinics.stream()
                                        .anyMatch(one -> rule.clinic().equals(one.alias()))
                        ? new TimeoutReason(Kind.ROLE, rule.name(), rule.seconds())
                        : new TimeoutReason(Kind.OTHER_CLINIC, null, rule.seconds());
            case REALM -> new TimeoutReason(Kind.REALM, null, rule.seconds());
            case BOUND -> new TimeoutReason(Kind.BOUND, null, rule.seconds());
        };
    }

    /** A name is told only where there are several: towards an owner of one it would say that there are others. */
    private static TimeoutReason ofClinic(IdleRule rule, Collection<Clinic> clinics) {
        String alias = rule.name();
        if (alias == null) { // the realm is the clinic
            return new TimeoutReason(Kind.CLINIC, null, rule.seconds());
        }
        Optional<Clinic> clinic =
                clinics.stream().filter(one -> alias.equals(one.alias())).findFirst();
        if (clinic.isEmpty()) {
            return new TimeoutReason(Kind.OTHER_CLINIC, null, rule.seconds());
        }
        return clinics.size() == 1
                ? new TimeoutReason(Kind.CLINIC, null, rule.seconds())
                : new TimeoutReason(Kind.NAMED_CLINIC, clinic.get().name(), rule.seconds());
    }
}
