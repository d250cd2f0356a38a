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
 * @param reportedAt when the person last said "this wasn't me": a sign-in that was begun before is not to be; 0 for never
 */
public record KnownPerson(
        Set<String> countries,
        @Nullable String lastCountry,
        long lastSeenAt,
        long lastWithoutDeviceAt,
        List<Long> mailedAt,
        long reportedAt) {

    public KnownPerson {
        countries = Set.copyOf(countries);
        mailedAt = List.copyOf(mailedAt);
    }
}
