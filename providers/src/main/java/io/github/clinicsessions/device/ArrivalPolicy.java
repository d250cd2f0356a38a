package io.github.clinicsessions.device;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to be noticed about a sign-in. Pure.
 *
 * <p>The first sign-in of a person is what all others are measured by, and the first with a device what devices are: nothing is noticed
 * about it, but that it comes from where the person's clinics expect nobody. Countries are flags and never
 * more: databases of addresses err in a few of a hundred cases, and people travel.
 */
public final class ArrivalPolicy {

    /** Sign-ins within that time from two countries are not one person's journey. Milliseconds. */
    public static final long JOURNEY = 2 * 60 * 60 * 1_000L;

    /** Mails to a person in any hour. */
    public static final int MAILS = 3;

    /** Devices that are kept of a person. */
    public static final int MOST_DEVICES = 100;

    private static final long HOUR = 60 * 60 * 1_000L;

    private ArrivalPolicy() {}

    /**
     * Judges a sign-in by what was known before.
     *
     * @param person null if none of their sign-ins has been judged yet
     * @param devices all of the person's
     * @param expected from where the person's clinics expect sign-ins, codes; empty if they do not say
     * @param newId makes the id of a device that is new
     */
    public static Judgement judge(
            Arrival arrival,
            @Nullable KnownPerson person,
            Collection<KnownDevice> devices,
            Set<String> expected,
            Supplier<String> newId) {
        KnownDevice known = devices.stream()
                .filter(device -> device.hash().equals(arrival.hash()))
                .findFirst()
                .orElse(null);
        boolean first = person == null || arrival.learnt();
        KnownPerson before = person == null ? KnownPerson.seenFirst(arrival.at()) : person;
        boolean newDevice = !first && before.firstDeviceAt() > 0 && arrival.hash() != null && known == null;
        String otherCountry = first ? null : otherCountry(arrival, known, before, devices);
        // What a clinic says needs nothing to be measured by.
        boolean unfamiliar = otherCountry != null
                || ((!first || !expected.isEmpty()) && !isExpected(arrival, before, devices, expected));
        boolean mail = !first
                && (newDevice || (unfamiliar && isNewThere(arrival, known, before)))
                && mayMail(before.mailedAt(), arrival.at());
        return new Judgement(
                newDevice,
                unfamiliar,
                otherCountry,
                mail,
                after(before, arrival, mail),
                arrival.hash() == null ? null : after(known, arrival, arrival.hash(), newId));
    }

    /** Whether a device was not known before the time in which nobody travels. */
    public static boolean isFresh(@Nullable KnownDevice device, long at) {
        return device == null || device.firstSeenAt() > at - JOURNEY;
    }

    /** Those of a person's devices that make room for one more: longest unseen, of those without a name before the others. */
    public static List<KnownDevice> tooMany(Collection<KnownDevice> devices) {
        return devices.stream()
                .sorted((one, other) -> {
                    int named = Boolean.compare(one.name() != null, other.name() != null);
                    return named != 0 ? named : Long.compare(one.lastSeenAt(), other.lastSeenAt());
                })
                .limit(Math.max(0, devices.size() - MOST_DEVICES + 1))
                .toList();
    }

    private static boolean isExpected(
            Arrival arrival, KnownPerson person, Collection<KnownDevice> devices, Set<String> expected) {
        Set<String> familiar = expected.isEmpty() ? countries(person, devices) : expected;
        return arrival.country() == null || familiar.isEmpty() || familiar.contains(arrival.country());
    }

    private static Set<String> countries(KnownPerson person, Collection<KnownDevice> devices) {
        Set<String> all = new HashSet<>(person.countries());
        devices.forEach(device -> all.addAll(device.countries()));
        return all;
    }

    private static @Nullable String otherCountry(
            Arrival arrival, @Nullable KnownDevice known, KnownPerson person, Collection<KnownDevice> devices) {
        long since = arrival.at() - JOURNEY;
        if (arrival.country() == null || !isFresh(known, arrival.at())) {
            return null;
        }
        Stream<String> ofDevices = devices.stream()
                .filter(device -> !device.hash().equals(arrival.hash()))
                .filter(device -> isFresh(device, arrival.at()) && device.lastSeenAt() > since)
                .map(KnownDevice::lastCountry)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull);
        Stream<String> withoutDevice = person.lastWithoutDeviceAt() > since && person.lastCountry() != null
                ? Stream.of(person.lastCountry())
                : Stream.empty();
        return Stream.concat(ofDevices, withoutDevice)
                .filter(country -> !country.equals(arrival.country()))
                .findFirst()
                .orElse(null);
    }

    /** Whoever comes from the same country with the same device each day is not told each day. */
    private static boolean isNewThere(Arrival arrival, @Nullable KnownDevice known, KnownPerson person) {
        Set<String> seen = arrival.hash() == null ? person.countries() : known == null ? Set.of() : known.countries();
        return arrival.country() != null && !seen.contains(arrival.country());
    }

    /**
     * Whether another mail may go out.
     *
     * @param mailedAt when those before did; milliseconds since the epoch
     */
    public static boolean mayMail(List<Long> mailedAt, long at) {
        return mailedAt.stream()
                        .filter(mailed -> mailed > at - HOUR && mailed <= at + HOUR)
                        .count()
                < MAILS;
    }

    private static KnownPerson after(KnownPerson before, Arrival arrival, boolean mail) {
        boolean withoutDevice = arrival.hash() == null;
        return new KnownPerson(
                withoutDevice ? with(before.countries(), arrival.country()) : before.countries(),
                withoutDevice ? arrival.country() : before.lastCountry(),
                Math.max(before.lastSeenAt(), arrival.at()),
                withoutDevice ? Math.max(before.lastWithoutDeviceAt(), arrival.at()) : before.lastWithoutDeviceAt(),
                mail ? newest(before.mailedAt(), arrival.at()) : before.mailedAt(),
                withoutDevice || before.firstDeviceAt() > 0 ? before.firstDeviceAt() : arrival.at(),
                before.ownersMailedAt(),
                before.reportedAt());
    }

    private static KnownDevice after(
            @Nullable KnownDevice before, Arrival arrival, String hash, Supplier<String> newId) {
        if (before == null) {
            return new KnownDevice(
                    newId.get(),
                    hash,
                    arrival.label(),
                    null,
                    arrival.at(),
                    arrival.at(),
                    with(Set.of(), arrival.country()),
                    arrival.country());
        }
        return new KnownDevice(
                before.id(),
                hash,
                arrival.label() == null ? before.label() : arrival.label(),
                before.name(),
                before.firstSeenAt(),
                Math.max(before.lastSeenAt(), arrival.at()),
                with(before.countries(), arrival.country()),
                arrival.country());
    }

    private static Set<String> with(Set<String> countries, @Nullable String country) {
        Set<String> all = new HashSet<>(countries);
        if (country != null) {
            all.add(country);
        }
        return all;
    }

    /** With another one; as many as are needed to count. */
    public static List<Long> newest(List<Long> mailedAt, long at) {
        return Stream.concat(mailedAt.stream(), Stream.of(at))
                .skip(Math.max(0, mailedAt.size() + 1 - MAILS))
                .toList();
    }
}
