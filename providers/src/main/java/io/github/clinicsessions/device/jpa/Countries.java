package io.github.clinicsessions.device.jpa;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Codes of countries in a column: each has two letters, so that commas can divide them. */
final class Countries {

    /** There are 249; more than fit are left out, the last of the alphabet first. */
    private static final int MOST = 300;

    private Countries() {}

    static Set<String> parse(@Nullable String column) {
        return column == null || column.isEmpty() ? Set.of() : Set.of(column.split(","));
    }

    /** Null for none. */
    static @Nullable String format(Collection<String> codes) {
        return codes.isEmpty()
                ? null
                : String.join(",", new TreeSet<>(codes).stream().limit(MOST).toList());
    }
}
