package io.github.clinicsessions.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.clinicsessions.audit.spool.SpoolRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batch after batch, from where the one before ended, and no further than somebody reads. */
class LedgerExportTest {

    private final List<@Nullable LedgerCursor> asked = new ArrayList<>();

    @Test
    void everythingIsWritten() throws IOException {
        var out = new ByteArrayOutputStream();

        assertThat(export(1_234).writeTo(out, false)).isEqualTo(1_234);

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(1_235)
                .element(1_234)
                .asString()
                .contains(",user 1233,");
        assertThat(asked)
                .extracting(cursor -> cursor == null ? -1 : cursor.occurredAt())
                .containsExactly(-1L, 500L, 1_000L);
    }

    @Test
    void nothingButTheHeader() throws IOException {
        var out = new ByteArrayOutputStream();

        assertThat(export(0).writeTo(out, true)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("\uFEFFoccurredAt,")
                .endsWith(",id\r\n");
    }

    @Test
    void whoeverReadsMayGo() {
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> export(10_000).writeTo(gone, false)).isInstanceOf(IOException.class);
        assertThat(asked).hasSize(1);
    }

    private LedgerExport export(int rows) {
        var entries = SpoolRows.rows(rows).stream().map(LedgerEntry::open).toList();
        return LedgerExport.of(cursor -> {
            asked.add(cursor);
            var from = cursor == null ? 0 : (int) cursor.occurredAt();
            var to = Math.min(entries.size(), from + LedgerExport.BATCH);
            return new LedgerExport.Batch(
                    entries.subList(from, to), to == entries.size() ? null : new LedgerCursor(to, "id"));
        });
    }
}
