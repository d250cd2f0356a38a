package io.github.clinicsessions.registry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where somebody has read the feed. Opaque to them; written <code>{epoch}-{seq}</code>.
 *
 * @param epoch as in {@link FeedHead}
 * @param seq the last place read, 0 before the first
 */
public record FeedCursor(String epoch, long seq) {

    /** 18 digits always fit into a long. */
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{16})-(0|[1-9][0-9]{0,17})");

    public static FeedCursor of(FeedHead head) {
        return new FeedCursor(head.epoch(), head.seq());
    }

    /** Empty for what {@link #text} cannot have written. */
    public static Optional<FeedCursor> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new FeedCursor(matcher.group(1), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    public String text() {
        return epoch + '-' + seq;
    }

    /**
     * Whether this cursor is one of the feed that ends there. The cursor of a feed in which nothing had ended yet is one of
     * every feed: whoever holds it has read nothing.
     */
    public boolean isOf(FeedHead head) {
        return isBeforeEverything() || (epoch.equals(head.epoch()) && seq <= head.seq());
    }

    private boolean isBeforeEverything() {
        return equals(of(FeedHead.NONE));
    }
}
