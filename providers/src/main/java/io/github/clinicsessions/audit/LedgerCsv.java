package io.github.clinicsessions.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the ledger as CSV (RFC 4180): a header row, CRLF, quotation marks where they are needed. What is unknown, or masked, is
 * an empty field. Keeps nothing of what it has written.
 */
public final class LedgerCsv {

    /** Stable: scripts read them. */
    public static final List<String> COLUMNS = List.of(
            "occurredAt",
            "action",
            "cause",
            "userId",
            "username",
            "sessionRef",
            "actorType",
            "actorId",
            "actorName",
            "device",
            "ipAddress",
            "country",
            "details",
            "id");

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String LINE_END = "\r\n";
    private static final JsonMapper JSON = new JsonMapper();

    /** Always with milliseconds, so that sorting as text sorts by time. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    /** Of masked rows. */
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

    private final Appendable out;

    /** @param out gets text; whoever turns it into bytes takes UTF-8 */
    public LedgerCsv(Appendable out) {
        this.out = out;
    }

    /**
     * To be called first.
     *
     * @param byteOrderMark whether the text begins with one, by which some spreadsheets recognise UTF-8
     */
    public void header(boolean byteOrderMark) throws IOException {
        if (byteOrderMark) {
            out.append(BYTE_ORDER_MARK);
        }
        line(COLUMNS);
    }

    public void entry(LedgerEntry entry) throws IOException {
        line(Arrays.asList(
                (entry.masked() ? DAY : TIME).format(Instant.ofEpochMilli(entry.occurredAt())),
                entry.action().name(),
                entry.cause() == null ? null : entry.cause().name(),
                entry.userId(),
                entry.username(),
                entry.sessionRef(),
                entry.actor().type().name(),
                entry.actor().id(),
                entry.actor().name(),
                entry.device(),
                entry.ipAddress(),
                entry.country(),
                json(entry.details()),
                entry.id()));
    }

    private void line(List<? extends @Nullable String> cells) throws IOException {
        String separator = "";
        for (String cell : cells) {
            out.append(separator).append(CsvCell.of(cell));
            separator = ",";
        }
        out.append(LINE_END);
    }

    private static @Nullable String json(Map<String, String> details) {
        try {
            return details.isEmpty() ? null : JSON.writeValueAsString(details);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
