package io.github.clinicsessions.audit.chain;

import java.util.ArrayList;
import java.util.List;

/** Collects at most {@value #AT_MOST} findings and counts them all. Not thread-safe. */
final class Findings {

    static final int AT_MOST = 100;

    private final List<Finding> first = new ArrayList<>();
    private long count;

    void add(Finding finding) {
        count++;
        if (first.size() < AT_MOST) {
            first.add(finding);
        }
    }

    long count() {
        return count;
    }

    List<Finding> first() {
        return List.copyOf(first);
    }
}
