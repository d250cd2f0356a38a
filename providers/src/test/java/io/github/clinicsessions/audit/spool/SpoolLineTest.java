package io.github.clinicsessions.audit.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.WithNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row as a line: what comes back is what was kept, or nothing. */
class SpoolLineTest {

    @Property
    void everyFieldComesBackAsItWas(
            @ForAll String id,
            @ForAll @Size(max = 3) List<String> clinicIds,
            @ForAll long occurredAt,
            @ForAll LedgerAction action,
            @ForAll @WithNull EndCause cause,
            @ForAll Actor.Type actorType,
            @ForAll @Size(8) List<@WithNull String> texts,
            @ForAll @Size(max = 3) Map<String, String> details)
            throws IOException {
        var row = new LedgerRow(
                id,
                "realm " + id,
                clinicIds,
                occurredAt,
                action,
                cause,
                "user " + id,
                texts.get(0),
                texts.get(1),
                new Actor(actorType, texts.get(2), texts.get(3)),
                texts.get(4),
                texts.get(5),
                texts.get(6),
                details);

        var line = SpoolLine.write(row);

        assertThat(SpoolLine.read(line)).isEqualTo(row);
        assertThat(new String(line, StandardCharsets.ISO_8859_1))
                .as("one line, ASCII only")
                .matches("[ -\u007f]+\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Zoë Müller",
                "مريم",
                "\uD83D\uDC69\u200D⚕️",
                "\uD800",
                "a\nb\r\n\u2028",
                "\"}{'\\",
                "\0",
                "null"
            })
    void anyTextComesBackAsItWas(String text) throws IOException {
        var row = SpoolRows.row(text);

        assertThat(SpoolLine.read(SpoolLine.write(row))).isEqualTo(row);
    }

    /** The format of servers that have run: what they left must stay readable. */
    @Test
    void aLineOfVersion1IsRead() throws IOException {
        var line = "{\"v\":1,\"id\":\"i\",\"realmId\":\"r\",\"clinicIds\":[\"c1\",\"c2\"],\"occurredAt\":1700000000123,"
                + "\"action\":\"SESSION_STARTED\",\"cause\":null,\"userId\":\"u\",\"username\":\"n\",\"sessionRef\":null,"
                + "\"actorType\":\"ADMIN\",\"actorId\":\"a\",\"actorName\":\"an\",\"device\":null,\"ipAddress\":\"::1\","
                + "\"country\":null,\"details\":{\"offlineAccess\":\"kept\"}}\n";
        var row = new LedgerRow(
                "i",
                "r",
                List.of("c1", "c2"),
                1_700_000_000_123L,
                LedgerAction.SESSION_STARTED,
                null,
                "u",
                "n",
                null,
                new Actor(Actor.Type.ADMIN, "a", "an"),
                null,
                "::1",
                null,
                Map.of("offlineAccess", "kept"));

        assertThat(SpoolLine.read(line.getBytes(StandardCharsets.UTF_8))).isEqualTo(row);
        assertThat(SpoolLine.write(row)).asString(StandardCharsets.US_ASCII).isEqualTo(line);
    }

    @Test
    void aLineThatIsCutOffAnywhereIsNoRow() {
        var line = SpoolLine.write(SpoolRows.row("Zoë"));

        for (var length = 0; length < line.length - 1; length++) {
            var cut = Arrays.copyOf(line, length);
            assertThatIOException().isThrownBy(() -> SpoolLine.read(cut));
        }
    }

    @Test
    void whatIsNotOursIsNoRow() {
        var good = new String(SpoolLine.write(SpoolRows.row("x")), StandardCharsets.US_ASCII);
        for (var bad : List.of(
                "{}",
                "[]",
                "1",
                "\u00ff\u0000",
                good.replace("\"v\":1", "\"v\":2"),
                good.replace("SIGNED_OUT", "NOT_INVENTED_YET"),
                good.replace("\"realmId\":\"realm\"", "\"realmId\":null"),
                good.replace("\"device\"", "\"gerät\""),
                good.replace("\"occurredAt\":", "\"occurredAt\":99999999999999999999"),
                good.replace("\"kept\"", "7"),
                good.trim() + good)) {
            assertThatIOException().as(bad).isThrownBy(() -> SpoolLine.read(bad.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }
}
