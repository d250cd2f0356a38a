package io.github.clinicsessions.audit;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a realm somebody asks for. Rows of what is only intended are never among them.
 *
 * @param clinicIds the clinics through which the viewer sees rows; null for every clinic and for rows of no clinic. In a
 *     realm-wide clinic the realm's id
 * @param from not before this, milliseconds since the epoch; null for no bound
 * @param to before this, milliseconds since the epoch; null for no bound
 * @param userId rows about this person only
 * @param cause rows with this cause only
 * @param withoutMasked leaves out rows that were private towards each clinic through which the viewer sees them. Always so
 *     where a person is asked for through clinics: otherwise the filter would tell whom a masked row is about
 */
public record LedgerQuery(
        String realmId,
        @Nullable Set<String> clinicIds,
        @Nullable Long from,
        @Nullable Long to,
        @Nullable String userId,
        @Nullable EndCause cause,
        boolean withoutMasked) {

    public LedgerQuery {
        clinicIds = clinicIds == null ? null : Set.copyOf(clinicIds);
        withoutMasked = withoutMasked || (clinicIds != null && userId != null);
    }

    /** Everything that is seen through these clinics. */
    public static LedgerQuery of(String realmId, @Nullable Set<String> clinicIds) {
        return new LedgerQuery(realmId, clinicIds, null, null, null, null, false);
    }

    public LedgerQuery between(@Nullable Long newFrom, @Nullable Long newTo) {
        return new LedgerQuery(realmId, clinicIds, newFrom, newTo, userId, cause, withoutMasked);
    }

    public LedgerQuery about(@Nullable String newUserId) {
        return new LedgerQuery(realmId, clinicIds, from, to, newUserId, cause, withoutMasked);
    }

    public LedgerQuery endedBy(@Nullable EndCause newCause) {
        return new LedgerQuery(realmId, clinicIds, from, to, userId, newCause, withoutMasked);
    }

    /**
     * Fewer clinics: for a person who is opted out now, ask through those towards which they are not, and no row is found that
     * the viewer may only see masked.
     */
    public LedgerQuery through(@Nullable Set<String> newClinicIds) {
        return new LedgerQuery(realmId, newClinicIds, from, to, userId, cause, withoutMasked);
    }

    public LedgerQuery leavingOutMasked() {
        return new LedgerQuery(realmId, clinicIds, from, to, userId, cause, true);
    }
}
