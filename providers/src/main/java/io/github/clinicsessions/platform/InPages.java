package io.github.clinicsessions.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values for {@code in (…)}, of which databases take a limited number (Oracle 1,000). */
public final class InPages {

    private static final int PAGE = 500;

    private InPages() {}

    /** Pages of at most 500 values. */
    public static <T> Stream<List<T>> of(Collection<T> values) {
        List<T> all = new ArrayList<>(values);
        return IntStream.range(0, (all.size() + PAGE - 1) / PAGE)
                .mapToObj(page -> all.subList(page * PAGE, Math.min(all.size(), (page + 1) * PAGE)));
    }
}
