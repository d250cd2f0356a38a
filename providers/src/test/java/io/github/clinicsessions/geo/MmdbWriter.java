package io.github.clinicsessions.geo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes databases in MaxMind's format, version 2.0, of chosen networks: records of 32 bits, IPv4 below {@code ::/96}. Values are
 * Strings, Integers (unsigned) and Maps of such.
 */
public final class MmdbWriter {

    private static final int IPV6_BITS = 128;
    private static final int IPV4_BITS = 32;
    private static final int BITS_OF_BYTE = 8;
    private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    private static final int SEPARATOR = 16;

    private static final int STRING = 2;
    private static final int UINT32 = 6;
    private static final int MAP = 7;
    private static final int UINT64 = 9;
    private static final int ARRAY = 11;

    private final Node root = new Node();
    private String type = "Test-Country";
    private Instant built = Instant.now();
    private boolean onlyIpv4;

    /** A node of the tree: inner, or with a value. */
    private static final class Node {
        private final @Nullable Node[] children = new Node[2];
        private @Nullable Object value;
        private int number;
    }

    public MmdbWriter type(String name) {
        type = name;
        return this;
    }

    public MmdbWriter built(Instant time) {
        built = time;
        return this;
    }

    /** Has a tree of 32 bits; all networks must be of IPv4. Before any network. */
    public MmdbWriter onlyIpv4() {
        onlyIpv4 = true;
        return this;
    }

    /** With {@code {"country":{"iso_code": …}}}, as MaxMind and DB-IP have it. */
    public MmdbWriter country(String network, String code) {
        return value(network, Map.of("country", Map.of("iso_code", code)));
    }

    /** Networks must not lie within each other. */
    public MmdbWriter value(String network, Object value) {
        int slash = network.indexOf('/');
        byte[] address = address(network.substring(0, slash));
        int length = Integer.parseInt(network.substring(slash + 1));
        Node node = root;
        if (address.length * BITS_OF_BYTE == IPV4_BITS && !onlyIpv4) {
            for (int i = 0; i < IPV6_BITS - IPV4_BITS; i++) {
                node = child(node, 0);
            }
        }
        for (int i = 0; i < length; i++) {
            node = child(node, (address[i / BITS_OF_BYTE] >> (BITS_OF_BYTE - 1 - i % BITS_OF_BYTE)) & 1);
        }
        node.value = value;
        return this;
    }

    private static Node child(Node node, int bit) {
        Node child = node.children[bit];
        if (child == null) {
            child = new Node();
            node.children[bit] = child;
        }
        return child;
    }

    public byte[] bytes() {
        List<Node> inner = new ArrayList<>();
        collect(root, inner);
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (Node node : inner) {
            for (Node child : node.children) {
                number(tree, record(child, inner.size(), data), 4);
            }
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(tree.toByteArray());
        all.writeBytes(new byte[SEPARATOR]);
        all.writeBytes(data.toByteArray());
        all.writeBytes(MARKER);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", BigInteger.valueOf(built.getEpochSecond()));
        metadata.put("database_type", type);
        metadata.put("description", Map.of("en", "made by a test"));
        metadata.put("ip_version", onlyIpv4 ? 4 : 6);
        metadata.put("languages", List.of("en"));
        metadata.put("node_count", inner.size());
        metadata.put("record_size", 32);
        encode(all, metadata);
        return all.toByteArray();
    }

    /** Puts it into the place of what is there, at once, as tools that update databases do. */
    public Path writeTo(Path file) {
        try {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "mmdb", null);
            Files.write(written, bytes());
            return Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(Node node, List<Node> inner) {
        node.number = inner.size();
        inner.add(node);
        for (Node child : node.children) {
            if (child != null && child.value == null) {
                collect(child, inner);
            }
        }
    }

    private static int record(@Nullable Node child, int nodes, ByteArrayOutputStream data) {
        if (child == null) {
            return nodes;
        }
        if (child.value == null) {
            return child.number;
        }
        int at = data.size();
        encode(data, child.value);
        return nodes + SEPARATOR + at;
    }

    private static void encode(ByteArrayOutputStream out, Object value) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            control(out, STRING, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Integer number) {
            control(out, UINT32, 4);
            number(out, number, 4);
        } else if (value instanceof BigInteger number) {
            control(out, UINT64, 8);
            number(out, number.longValueExact(), 8);
        } else if (value instanceof List<?> list) {
            control(out, ARRAY, list.size());
            list.forEach(one -> encode(out, one));
        } else {
            Map<?, ?> map = (Map<?, ?>) value;
            control(out, MAP, map.size());
            map.forEach((key, one) -> {
                encode(out, key);
                encode(out, one);
            });
        }
    }

    /** The type in the first three bits, or 7 less in a byte of its own; sizes of 29 and more likewise. */
    private static void control(ByteArrayOutputStream out, int kind, int size) {
        if (size >= 29 + 256) {
            throw new IllegalArgumentException("longer than a test needs: " + size);
        }
        int inBits = Math.min(size, 29);
        if (kind <= MAP) {
            out.write((kind << 5) | inBits);
        } else {
            out.write(inBits);
            out.write(kind - MAP);
        }
        if (size >= 29) {
            out.write(size - 29);
        }
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = (bytes - 1) * BITS_OF_BYTE; shift >= 0; shift -= BITS_OF_BYTE) {
            out.write((int) (value >> shift));
        }
    }

    private static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: " + literal, e);
        }
    }
}
