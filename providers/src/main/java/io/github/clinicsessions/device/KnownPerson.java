package io.github.clinicsessions.device;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a person beside their devices, from the first sign-in that was judged on. It stays when devices are forgotten, so
 * that whoever comes next is not taken for the first one.
 *
 * @param countries ISO 3166-1 alpha-2 codes of sign-ins without a device, such as an application's
 * @param lastCountry of the last such sign-in; null where it was not known
 * @param lastSeenAt of the last sign-in of any kind; milliseconds since the epoch
 * @param lastWithoutDeviceAt of the last sign-in without a device; milliseconds since the epoch, 0 for none
 * @param mailedAt when the last mails went out; milliseconds since the epoch, three at most
 * @param firstDeviceAt of the first sign-in with a device, whether or not that is still known; milliseconds since the epoch, 0 if there
 *     was none
 * @param ownersMailedAt when owners were last told of reports; milliseconds since the epoch, three at most
 * @param reportedAt when the person last said "this wasn't me": a sign-in that was begun before is not to be; 0 for never
 */
public record KnownPerson(
        Set<String> countries,
        @Nullable String lastCountry,
        long lastSeenAt,
        long lastWithoutDeviceAt,
        List<Long> mailedAt,
        long firstDeviceAt,
        List<Long> ownersMailedAt,
        long reportedAt) {

    /** Clocks of servers differ by less. Milliseconds. */
    private static final long CLOCKS = 60_000;

    /** Until then a session that has begun may not be there for others to see. Milliseconds. */
    private static final long COMMITS = 1_000;

    public KnownPerson {
        countries = Set.copyOf(countries);
        mailedAt = List.copyOf(mailedAt);
        ownersMailedAt = List.copyOf(ownersMailedAt);
    }

    /** Of whom nothing is known. */
    public static KnownPerson seenFirst(long at) {
        return new KnownPerson(Set.of(), null, at, 0, List.of(), 0, List.of(), 0);
    }

    /** With a report. */
    public KnownPerson reported(Set<String> countriesThen, @Nullable String lastCountryThen, long at) {
        return new KnownPerson(
                countriesThen,
                lastCountryThen,
                lastSeenAt,
                lastWithoutDeviceAt,
                mailedAt,
                firstDeviceAt,
                ownersMailedAt,
                at);
    }

    /** With another mail to owners. */
    public KnownPerson ownersMailed(List<Long> at) {
        return new KnownPerson(
                countries, lastCountry, lastSeenAt, lastWithoutDeviceAt, mailedAt, firstDeviceAt, at, reportedAt);
    }

    /**
     * Whether the report was made after that moment. One of a server whose clock was ahead does not count: it would lock the person out
     * until that time has come.
     *
     * @param now milliseconds since the epoch
     */
    public boolean isReportedAfter(long moment, long now) {
        return reportedAt > moment && reportedAt <= now + CLOCKS;
    }

    /**
     * Whether the report was made while that sign-in was under way. What was complete before is a session that the report itself has
     * ended, or left: it may be the one in which it was made.
     *
     * @param begunAt when its first factor was passed, milliseconds since the epoch
     * @param completedAt when it became a session, milliseconds since the epoch
     */
    public boolean isReportedDuring(long begunAt, long completedAt, long now) {
        return isReportedAfter(begunAt, now) && reportedAt <= completedAt + COMMITS;
    }
}
