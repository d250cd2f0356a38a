package io.github.clinicsessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutOriginTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/clinic/protocol/openid-connect/logout",
                "realms/clinic/protocol/openid-connect/logout",
                "/auth/realms/my realm/protocol/openid-connect/logout/logout-confirm",
                "/realms/clinic/protocol/saml",
                "/realms/clinic/account/sessions/abc",
                "/realms/clinic/broker/hospital/endpoint/logout_response"
            })
    void isThePersonsOwn(String path) {
        assertThat(LogoutOrigin.isPersonsOwn(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/realms/clinic/login-actions/authenticate",
                "/realms/clinic/login-actions/required-action",
                "/realms/clinic/protocol/openid-connect/logout/backchannel-logout",
                "/realms/clinic/broker/hospital/endpoint",
                "/admin/realms/clinic/users/1/logout",
                "/realms/clinic/accounts",
                ""
            })
    void isSomethingElse(String path) {
        assertThat(LogoutOrigin.isPersonsOwn(path)).isFalse();
    }
}
