package io.github.clinicsessions.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Ids of rows of which there is to be one only: a row whose id the ledger has is left as it is. */
final class RowIds {

    private static final long HOUR_MILLIS = 3_600_000;

    private RowIds() {}

    /** One for each viewer, person and hour of the clock in UTC. */
    static String viewed(String realmId, String viewerId, String userId, long occurredAt) {
        return of("viewed", realmId, viewerId, userId, String.valueOf(Math.floorDiv(occurredAt, HOUR_MILLIS)));
    }

    /**
     * A UUID of version 8 (RFC 9562) of the parts' SHA-256. Not {@link UUID#nameUUIDFromBytes}: it takes MD5, which a server in
     * FIPS mode may not have.
     */
    private static String of(String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
                digest.update(bytes);
            }
            ByteBuffer hash = ByteBuffer.wrap(digest.digest());
            long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
            long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
