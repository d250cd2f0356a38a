package io.github.clinicsessions.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.jboss.logging.Logger;

/**
 * A database in MaxMind's format, whole in memory: neither a file that is written over nor one that is cut off or gone does
 * harm to what is loaded. Nothing has to be closed.
 */
final class MmdbCountries implements CountryData {

    private static final Logger LOG = Logger.getLogger(MmdbCountries.class);

    private static final int NETWORKS_LOOKED_AT = 2_000;
    private static final int ADDRESSES_LOOKED_AT = 1_000;
    private static final int IPV4 = 4;
    private static final int IPV6 = 16;
    private static final int IP_VERSION_6 = 6;
    private static final int LONGEST_TYPE = 100;

    private final Reader reader;

    private MmdbCountries(Reader reader) {
        this.reader = reader;
    }

    /**
     * Reads the file and looks at a part of it.
     *
     * @throws IOException if it cannot be read, is none, is broken, or knows no country
     */
    static MmdbCountries load(Path file) throws IOException {
        try {
            // The cache holds decoded values, of which a database of countries has few.
            MmdbCountries countries =
                    new MmdbCountries(new Reader(file.toFile(), Reader.FileMode.MEMORY, new CHMCache()));
            countries.check();
            return countries;
        } catch (InvalidNetworkException | RuntimeException | StackOverflowError e) { // the reader trusts what it reads
            throw new IOException("no database, or a broken one: " + e, e);
        }
    }

    @Override
    public Optional<String> country(InetAddress address) {
        if (address.getAddress().length == IPV6 && reader.getMetadata().ipVersion() != IP_VERSION_6) {
            return Optional.empty();
        }
        try {
            return CountryCodes.in(reader.get(address, Object.class));
        } catch (IOException | RuntimeException | StackOverflowError e) {
            LOG.debugf(e, "the database of countries is broken somewhere");
            return Optional.empty();
        }
    }

    @Override
    public String type() {
        String type = reader.getMetadata().databaseType().replaceAll("[^ -~]", "?");
        return type.length() > LONGEST_TYPE ? type.substring(0, LONGEST_TYPE) : type;
    }

    @Override
    public Instant built() {
        return reader.getMetadata().buildTime();
    }

    /** The first networks, and addresses from everywhere: quick, however large it is. Of a small one it is all. */
    private void check() throws IOException, InvalidNetworkException {
        type();
        built();
        boolean knowsAny = false;
        Networks<Object> networks = reader.networks(Object.class);
        for (int i = 0; i < NETWORKS_LOOKED_AT && networks.hasNext(); i++) {
            DatabaseRecord<Object> record = networks.next();
            knowsAny |= CountryCodes.in(record.data()).isPresent();
        }
        Random addresses = new Random(0);
        boolean withIpv6 = reader.getMetadata().ipVersion() == IP_VERSION_6;
        for (int i = 0; i < ADDRESSES_LOOKED_AT; i++) {
            byte[] bytes = new byte[withIpv6 && i % 2 == 0 ? IPV6 : IPV4];
            addresses.nextBytes(bytes);
            if (bytes.length == IPV6) {
                bytes[0] = (byte) (0x20 | (bytes[0] & 0x0f)); // what is given out
            }
            Object record = reader.get(InetAddress.getByAddress(bytes), Object.class);
            knowsAny |= CountryCodes.in(record).isPresent();
        }
        if (!knowsAny) {
            throw new IOException("the database has no codes of countries");
        }
    }
}
