package io.github.clinicsessions.registry.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clinicsessions.registry.StoredSession;
import io.github.clinicsessions.registry.jpa.PersistedSessions.Stored;
import org.junit.jupiter.api.Test;

class StoredTest {

    @Test
    void theAliasEndsAtItsQuotationMark() {
        assertThat(new Stored("user", "id", "1", 1, 2, 1, "idp\",\"other\":\"x\"}\n").toSession())
                .isEqualTo(new StoredSession("user", "id", true, true, 1, 2, "idp"));
    }

    @Test
    void mostHaveNone() {
        assertThat(new Stored("user", "id", "0", 1, 2, 0, null).toSession())
                .isEqualTo(new StoredSession("user", "id", false, false, 1, 2, null));
    }
}
