package io.github.clinicsessions.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.audit.Actor;
import io.github.clinicsessions.audit.EndCause;
import io.github.clinicsessions.audit.LedgerAction;
import io.github.clinicsessions.clinic.SettingKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page has words for every stable name of the ledger. */
class AuditWordsTest {

    private static final Path TEMPLATE = Path.of("../themes/src/main/resources/theme/clinic/account/audit.ftl");

    @ParameterizedTest
    @EnumSource
    void ofActions(LedgerAction action) throws IOException {
        assertThat(Files.readString(TEMPLATE)).contains("\"" + action.name() + "\": \"clinicAction");
    }

    @ParameterizedTest
    @EnumSource
    void ofCauses(EndCause cause) throws IOException {
        assertThat(Files.readString(TEMPLATE)).contains("\"" + cause.name() + "\": \"clinicCause");
    }

    @ParameterizedTest
    @EnumSource
    void ofSettings(SettingKey setting) throws IOException {
        assertThat(Files.readString(TEMPLATE)).contains("\"" + setting.json() + "\": \"clinic");
    }

    @ParameterizedTest
    @EnumSource
    void ofWhoActs(Actor.Type type) throws IOException {
        assertThat(Files.readString(TEMPLATE)).contains("<#case \"" + type.name() + "\">");
    }
}
