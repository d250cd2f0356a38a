package io.github.clinicsessions.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionsTest {

    @Test
    void whatTheMakerDemandsIsKnownByTheNameOfTheDatabase() {
        assertThat(Attributions.demandedBy("DBIP-Country-Lite (compat=GeoLite2-Country)"))
                .contains(Attributions.DB_IP);
        assertThat(Attributions.demandedBy("GeoLite2-Country")).contains(Attributions.GEO_LITE);
        assertThat(Attributions.demandedBy("GeoIP2-Country")).isEmpty();
    }

    @Test
    void anOperatorSaysItOtherwise() {
        assertThat(Attributions.of(" Data by X ", "https://x.example/"))
                .contains(new Attribution("Data by X", "https://x.example/"));
        assertThat(Attributions.of("Data by X", " ")).contains(new Attribution("Data by X", null));
        assertThat(Attributions.of(null, "https://x.example/"))
                .contains(new Attribution("https://x.example/", "https://x.example/"));
        assertThat(Attributions.of("", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript:alert(1)", "data:text/html,x", "//x.example", "x", "https://", "ht tps://x"})
    void aLinkLeadsToTheWeb(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Attributions.of("x", url));
        assertThatIllegalArgumentException().isThrownBy(() -> new Attribution("x", url));
    }

    @Test
    void aTextIsShort() {
        assertThat(Attributions.of("x".repeat(300), null)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> Attributions.of("x".repeat(301), null));
    }
}
