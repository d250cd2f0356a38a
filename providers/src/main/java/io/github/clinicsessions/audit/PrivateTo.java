package io.github.clinicsessions.audit;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The detail by which a row remembers towards which of its clinics the person was opted out at that time: {@value #ALL} for all
 * of them, else their ids, a space before and behind each, so that a query can look for one. As a detail the chain covers it.
 */
public final class PrivateTo {

    public static final String DETAIL = "privateTo";

    public static final String ALL = "*";

    public static final String SEPARATOR = " ";

    /** Details as a whole take 2,000 characters. With more ids than this takes, the row is private towards all its clinics. */
    private static final int MAX_LENGTH = 1_000;

    private PrivateTo() {}

    /** The details with what they say about it replaced. */
    static Map<String, String> in(
            Map<String, String> details, Collection<String> clinicIds, Collection<String> privateTo) {
        List<String> named = clinicIds.stream().filter(privateTo::contains).toList();
        if (named.isEmpty() && !details.containsKey(DETAIL)) {
            return details;
        }
        Map<String, String> changed = new LinkedHashMap<>(details);
        changed.remove(DETAIL);
        if (!named.isEmpty()) {
            String text = SEPARATOR + String.join(SEPARATOR, named) + SEPARATOR;
            changed.put(DETAIL, named.size() == clinicIds.size() || text.length() > MAX_LENGTH ? ALL : text);
        }
        return Map.copyOf(changed);
    }

    /** The details of another row of the same person and clinics, of whom nothing else is known any more. */
    static Map<String, String> asIn(LedgerRow earlier, Map<String, String> details) {
        List<String> clinicIds = earlier.clinicIds();
        return in(
                details,
                clinicIds,
                clinicIds.stream().filter(id -> named(earlier.details(), id)).toList());
    }

    /** Whether it was private towards this clinic. */
    static boolean named(Map<String, String> details, String clinicId) {
        String text = details.getOrDefault(DETAIL, "");
        return text.equals(ALL) || Arrays.asList(text.split(SEPARATOR, -1)).contains(clinicId);
    }

    /** The details as people see them: of other clinics and of other people's wishes this says too much. */
    static Map<String, String> hiddenIn(Map<String, String> details) {
        return in(details, List.of(), List.of());
    }
}
