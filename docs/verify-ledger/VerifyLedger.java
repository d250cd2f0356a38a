import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks an export of one realm's ledger without Keycloak and without its database. Needs a JDK, 17 or newer, and nothing
 * else; see docs/ledger.md for the export and the formats.
 *
 * <pre>java VerifyLedger.java rows.csv seals.csv --key realm-key.pem [--key …] [--log server.log]</pre>
 *
 * Exit status: 0 intact, 1 not intact, 2 it could not be checked.
 */
public final class VerifyLedger {

    private static final String[] COLUMNS = {
        "id", "realm_id", "clinic_ids", "occurred_at", "action", "cause", "user_id", "username", "session_ref",
        "actor_type", "actor_id", "actor_name", "device", "ip_address", "country", "details", "state"
    };
    private static final Pattern LOGGED = Pattern.compile(
            "clinic-ledger-seal realm=(\\S+) no=(\\d+) kind=\\S+ from=\\d+ upto=(\\d+) \\S+ fingerprint=([0-9a-f]{64})");

    private final Set<String> keys = new HashSet<>();
    private final TreeMap<Long, Map<String, String>> seals = new TreeMap<>();
    private final TreeMap<Long, Map<String, String>> rowSeals = new TreeMap<>();
    private long problems;
    private long cutSeq;
    private String cutHash;
    private long sealedUpTo;

    public static void main(String[] arguments) {
        try {
            System.exit(new VerifyLedger().run(arguments));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            System.err.println("not checked: " + e.getMessage());
            System.exit(2);
        }
    }

    private int run(String[] arguments) throws IOException, GeneralSecurityException {
        List<String> files = new ArrayList<>();
        List<String> logs = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--key") && i + 1 < arguments.length) {
                keys.add(readKey(Path.of(arguments[++i])));
            } else if (arguments[i].equals("--log") && i + 1 < arguments.length) {
                logs.add(arguments[++i]);
            } else {
                files.add(arguments[i]);
            }
        }
        if (files.size() != 2 || keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "java VerifyLedger.java rows.csv seals.csv --key realm-key.pem [--key …] [--log server.log]");
        }
        try (Csv csv = new Csv(Path.of(files.get(1)))) {
            for (Map<String, String> seal = csv.next(); seal != null; seal = csv.next()) {
                if (seals.put(number(seal, "seal_no"), seal) != null) {
                    problem("seal-inserted", "seal " + seal.get("seal_no") + " is there twice");
                }
            }
        }
        checkSeals();
        for (String log : logs) {
            checkLog(Path.of(log));
        }
        long rows = checkRows(Path.of(files.get(0)));
        System.out.println((problems == 0 ? "intact" : "NOT INTACT") + ": " + rows + " rows, " + seals.size()
                + " seals, sealed from " + (cutSeq + 1) + " up to " + sealedUpTo + ", " + problems + " problems");
        return problems == 0 ? 0 : 1;
    }

    // ---- seals

    private void checkSeals() throws GeneralSecurityException {
        Map<String, String> before = null;
        boolean beforeSigned = true;
        List<String> unknown = new ArrayList<>();
        for (Map<String, String> seal : seals.values()) {
            String no = seal.get("seal_no");
            boolean signed = isSigned(seal);
            if (!signed) {
                problem("seal-invalid", "seal " + no + ": the signature is wrong");
            }
            if (before != null && number(seal, "seal_no") != number(before, "seal_no") + 1) {
                problem("seal-removed", "seals " + (number(before, "seal_no") + 1) + " to " + (number(seal, "seal_no") - 1));
                distrust(unknown);
            } else if (before != null && !fingerprint(before).equals(seal.get("previous_seal"))) {
                if (beforeSigned) {
                    problem("seal-invalid", "seal " + before.get("seal_no") + " is not the one that seal " + no + " names");
                }
                distrust(unknown);
            }
            if (signed && keys.contains(seal.get("public_key"))) {
                unknown.clear();
            } else if (signed) {
                unknown.add(no);
            }
            long upto = number(seal, "upto_seq");
            if ("ROWS".equals(seal.get("kind"))) {
                sealedUpTo = Math.max(sealedUpTo, upto);
                rowSeals.putIfAbsent(upto, seal);
            } else if (signed && upto > cutSeq) {
                cutSeq = upto;
                cutHash = seal.get("hash");
            }
            before = seal;
            beforeSigned = signed;
        }
        distrust(unknown);
        if (!seals.isEmpty()
                && seals.firstKey() > 1
                && number(seals.firstEntry().getValue(), "upto_seq") > cutSeq) {
            problem("seal-removed", "seals 1 to " + (seals.firstKey() - 1));
        }
    }

    private void distrust(List<String> unknown) {
        unknown.forEach(no -> problem("seal-untrusted", "seal " + no + ": its key is none of those given"));
        unknown.clear();
    }

    /** A seal that was logged must still be there, or must have been cut away. */
    private void checkLog(Path log) throws IOException {
        String realm = seals.isEmpty() ? null : seals.firstEntry().getValue().get("realm_id");
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher logged = LOGGED.matcher(line);
                if (logged.find() && (realm == null || realm.equals(logged.group(1)))) {
                    Map<String, String> seal = seals.get(Long.parseLong(logged.group(2)));
                    if (seal == null && Long.parseLong(logged.group(3)) >= cutSeq) {
                        problem("seal-removed", "seal " + logged.group(2) + " is in the log only");
                    } else if (seal != null && !fingerprint(seal).equals(logged.group(4))) {
                        problem("seal-invalid", "seal " + logged.group(2) + " is another one in the log");
                    }
                }
            }
        }
    }

    private static boolean isSigned(Map<String, String> seal) {
        try {
            String algorithm = String.valueOf(seal.get("algorithm"));
            byte[] key = Base64.getDecoder().decode(seal.get("public_key"));
            Signature signature = signature(algorithm);
            signature.initVerify(publicKey(algorithm, key));
            signature.update(sealed(seal).toByteArray());
            return signature.verify(Base64.getDecoder().decode(seal.get("signature")));
        } catch (GeneralSecurityException | IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        String bits = algorithm.length() == 5 ? algorithm.substring(2) : "";
        switch (algorithm) {
            case "RS256":
            case "RS384":
            case "RS512":
                return Signature.getInstance("SHA" + bits + "withRSA");
            case "PS256":
            case "PS384":
            case "PS512":
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec(
                        "SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits), Integer.parseInt(bits) / 8, 1));
                return pss;
            case "ES256":
            case "ES384":
            case "ES512":
                return Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "EdDSA":
                return Signature.getInstance("EdDSA");
            default:
                throw new GeneralSecurityException("algorithm " + algorithm);
        }
    }

    private static PublicKey publicKey(String algorithm, byte[] encoded) throws GeneralSecurityException {
        String type = algorithm.startsWith("ES") ? "EC" : algorithm.equals("EdDSA") ? "EdDSA" : "RSA";
        return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static ByteArrayOutputStream sealed(Map<String, String> seal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        add(bytes, "clinic-ledger-seal-1");
        for (String column : new String[] {
            "realm_id", "seal_no", "kind", "from_seq", "upto_seq", "hash", "sealed_at", "previous_seal", "key_id",
            "algorithm", "public_key"
        }) {
            add(bytes, seal.get(column));
        }
        return bytes;
    }

    private static String fingerprint(Map<String, String> seal) {
        ByteArrayOutputStream bytes = sealed(seal);
        add(bytes, seal.get("signature"));
        return sha256(bytes);
    }

    // ---- rows: one place ahead is read, so that of two rows at one place the one is genuine that the next was hashed upon

    private long lastSeq;
    private String lastHash;
    private boolean lastHashKnown = true;
    private Map<String, String> lastRow;
    private boolean lastRowNamed;

    private long checkRows(Path file) throws IOException {
        lastSeq = cutSeq;
        lastHash = cutHash;
        List<Map<String, String>> waiting = new ArrayList<>();
        List<Map<String, String>> group = new ArrayList<>();
        long unsealed = 0;
        long rows = 0;
        long highest = Long.MIN_VALUE;
        try (Csv csv = new Csv(file)) {
            for (Map<String, String> row = csv.next(); row != null; row = csv.next()) {
                rows++;
                if (row.get("chain_seq") == null) {
                    unsealed++;
                    continue;
                }
                long seq = number(row, "chain_seq");
                if (seq < highest) {
                    throw new IllegalArgumentException(file + " is not in order of CHAIN_SEQ");
                }
                highest = seq;
                if (seq > sealedUpTo) {
                    unsealed++;
                }
                if (seq <= cutSeq) {
                    continue; // retention deletes it with its next run
                }
                if (!group.isEmpty() && number(group.get(0), "chain_seq") != seq) {
                    settle(waiting, group);
                    waiting = group;
                    group = new ArrayList<>();
                }
                group.add(row);
            }
        }
        settle(waiting, group);
        settle(group, List.of());
        if (lastSeq < sealedUpTo) {
            removed(lastSeq + 1, sealedUpTo);
        }
        if (unsealed > 0) {
            System.out.println(unsealed + " rows are not sealed yet: nothing can be said of them");
        }
        return rows;
    }

    private void settle(List<Map<String, String>> candidates, List<Map<String, String>> next) {
        if (candidates.isEmpty()) {
            return;
        }
        long seq = number(candidates.get(0), "chain_seq");
        if (seq > lastSeq + 1) {
            removed(lastSeq + 1, seq - 1);
            lastHashKnown = false;
            lastRow = null;
        }
        Map<String, String> row = candidates.get(0);
        int best = -1;
        for (Map<String, String> candidate : candidates) {
            int score = score(candidate, next);
            if (score > best) {
                best = score;
                row = candidate;
            }
        }
        for (Map<String, String> other : candidates) {
            if (other != row) {
                problem("inserted", "row " + other.get("id") + " at " + seq);
            }
        }
        boolean named = false;
        if (!isSound(row)) {
            changed(row);
            named = true;
        } else if (lastHashKnown && !Objects.equals(row.get("chain_previous"), lastHash)) {
            if (lastRow == null) {
                changed(row);
                named = true;
            } else if (!lastRowNamed) {
                changed(lastRow);
            }
        }
        Map<String, String> seal = rowSeals.get(seq);
        if (seal != null && !named && !Objects.equals(seal.get("hash"), row.get("chain_hash"))) {
            problem("seal-mismatch", "rows " + seal.get("from_seq") + " to " + seq + " do not fit seal " + seal.get("seal_no"));
        }
        lastSeq = seq;
        lastHash = row.get("chain_hash");
        lastHashKnown = true;
        lastRow = row;
        lastRowNamed = named;
    }

    private int score(Map<String, String> row, List<Map<String, String>> next) {
        long seq = number(row, "chain_seq");
        String hash = row.get("chain_hash");
        Map<String, String> seal = rowSeals.get(seq);
        boolean sealed = seal != null && Objects.equals(seal.get("hash"), hash);
        boolean followed = next.stream()
                .anyMatch(one -> number(one, "chain_seq") == seq + 1
                        && isSound(one)
                        && Objects.equals(one.get("chain_previous"), hash));
        boolean follows = lastHashKnown && Objects.equals(row.get("chain_previous"), lastHash);
        return (sealed ? 8 : 0) + (followed ? 4 : 0) + (isSound(row) ? 2 : 0) + (follows ? 1 : 0);
    }

    private static boolean isSound(Map<String, String> row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        add(bytes, "clinic-ledger-row-1");
        add(bytes, row.get("chain_seq"));
        add(bytes, row.get("chain_previous"));
        for (String column : COLUMNS) {
            add(bytes, row.get(column));
        }
        return sha256(bytes).equals(row.get("chain_hash"));
    }

    private void changed(Map<String, String> row) {
        problem("changed", "row " + row.get("id") + " at " + row.get("chain_seq"));
    }

    private void removed(long from, long upto) {
        problem("removed", from == upto ? "row at " + from : "rows at " + from + " to " + upto);
    }

    private void problem(String kind, String what) {
        problems++;
        System.out.println(kind + ": " + what);
    }

    // ---- formats

    /** Length in UTF-8 bytes, a colon, the bytes; null is a minus. */
    private static void add(ByteArrayOutputStream bytes, String field) {
        if (field == null) {
            bytes.write('-');
            return;
        }
        byte[] text = field.getBytes(StandardCharsets.UTF_8);
        bytes.writeBytes((text.length + ":").getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(text);
    }

    private static String sha256(ByteArrayOutputStream bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(Map<String, String> row, String column) {
        String text = row.get(column);
        if (text == null) {
            throw new IllegalArgumentException("a " + column.toUpperCase(Locale.ROOT) + " is missing");
        }
        return Long.parseLong(text);
    }

    /** A PEM certificate, a PEM public key, or the bare base64 that Keycloak's Admin Console shows as public key. */
    private static String readKey(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        byte[] der = Base64.getMimeDecoder().decode(text.replaceAll("-----[^-]+-----", ""));
        if (text.contains("BEGIN CERTIFICATE")) {
            der = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(der))
                    .getPublicKey()
                    .getEncoded();
        }
        return Base64.getEncoder().encodeToString(der);
    }

    /** RFC 4180 with a header line. A field that is empty or \N, and not quoted, is null. */
    private static final class Csv implements AutoCloseable {

        private final Reader reader;
        private final List<String> header = new ArrayList<>();

        Csv(Path file) throws IOException {
            reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
            List<String> names = record();
            if (names == null) {
                throw new IllegalArgumentException(file + " is empty");
            }
            names.forEach(name -> header.add(String.valueOf(name).toLowerCase(Locale.ROOT)));
        }

        Map<String, String> next() throws IOException {
            List<String> fields = record();
            if (fields == null) {
                return null;
            }
            if (fields.size() != header.size()) {
                throw new IllegalArgumentException("a line has " + fields.size() + " fields, not " + header.size());
            }
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.size(); i++) {
                row.put(header.get(i), fields.get(i));
            }
            return row;
        }

        private List<String> record() throws IOException {
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean wasQuoted = false;
            boolean quoted = false;
            boolean any = false;
            while (true) {
                int c = reader.read();
                if (c < 0 && !any) {
                    return null;
                }
                any = true;
                if (quoted && c >= 0) {
                    if (c != '"') {
                        field.append((char) c);
                        continue;
                    }
                    reader.mark(1);
                    if (reader.read() == '"') {
                        field.append('"');
                    } else {
                        reader.reset();
                        quoted = false;
                    }
                } else if (c == '"') {
                    quoted = true;
                    wasQuoted = true;
                } else if (c < 0 || c == ',' || c == '\n') {
                    String text = field.toString();
                    fields.add(!wasQuoted && (text.isEmpty() || text.equals("\\N")) ? null : text);
                    if (c != ',') {
                        return fields;
                    }
                    field.setLength(0);
                    wasQuoted = false;
                } else if (c != '\r') {
                    field.append((char) c);
                }
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
