package io.github.clinicsessions.registry;

/**
 * Where a realm's feed of ended sessions ends.
 *
 * @param epoch 16 hexadecimal digits; another one after the feed has begun anew (a restored database), so that an old cursor
 *     is recognised
 * @param seq the last entry's place, 0 before the first
 */
public record FeedHead(String epoch, long seq) {

    /** Of a realm in which nothing has ended yet. */
    public static final FeedHead NONE = new FeedHead("0000000000000000", 0);
}
