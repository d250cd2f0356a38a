package io.github.clinicsessions.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.audit.LedgerEntry;
import io.github.clinicsessions.text.PageTimes;
import io.github.clinicsessions.text.PlaceText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuditModelTest {

    @Test
    void aSettingsReasonStandsWithItAndTheRoleBesideItsName() {
        assertThat(row(
                        LedgerAction.SETTING_CHANGED,
                        null,
                        Map.of("setting", "idleTimeoutMinutes", "old", "30", "new", "90", "reason", "Night shift")))
                .containsEntry("reason", "Night shift")
                .containsEntry("further", List.of())
                .doesNotContainKey("role");
        assertThat(row(
                        LedgerAction.SETTING_CHANGED,
                        null,
                        Map.of("setting", "roleIdleTimeoutMinutes.front.desk", "old", "-", "new", "5")))
                .containsEntry("setting", "roleIdleTimeoutMinutes.front.desk")
                .containsEntry("role", "front.desk");
    }

    @Test
    void anotherRowsReasonIsAFurtherDetail() {
        assertThat(row(LedgerAction.SESSION_ENDED, EndCause.IDLE_TIMEOUT, Map.of("reason", "clinic rule")))
                .containsEntry("cause", "IDLE_TIMEOUT")
                .containsEntry("actor", Map.of("type", "SYSTEM"))
                .containsEntry("further", List.of(Map.of("name", "reason", "value", "clinic rule")))
                .doesNotContainKey("reason");
    }

    private static Map<String, Object> row(LedgerAction action, @Nullable EndCause cause, Map<String, String> details) {
        LedgerEntry entry = new LedgerEntry(
                false,
                "id",
                0,
                action,
                cause,
                "user",
                "nurse",
                null,
                new Actor(Actor.Type.SYSTEM, null, null),
                null,
                null,
                null,
                details);
        return new AuditModel(new PageTimes(Instant.EPOCH, Locale.ENGLISH), new PlaceText(Locale.ENGLISH))
                .rows(List.of(entry))
                .get(0);
    }
}
