package io.github.clinicsessions.example;

import static org.springframework.security.config.Customizer.withDefaults;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * Verifies tokens by itself, and refuses those of ended sessions. Closed (503) while it does not know which have ended.
 */
@Configuration
@EnableWebMvc
@EnableWebSecurity
@Import(Patients.class)
public class LocalApi {

    @Bean
    SecurityFilterChain security(HttpSecurity http, EndedSessions ended) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .oauth2ResourceServer(server -> server.jwt(withDefaults()))
                .addFilterBefore(new ClosedWhenBlind(ended), BearerTokenAuthenticationFilter.class)
                .build();
    }

    @Bean
    JwtDecoder decoder(Realm realm, EndedSessions ended) {
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withJwkSetUri(realm.endpoint("certs")).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(realm.url()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(realm.clientId())),
                ofLivingSessions(ended)));
        return decoder;
    }

    private static OAuth2TokenValidator<Jwt> ofLivingSessions(EndedSessions ended) {
        OAuth2TokenValidatorResult refused = OAuth2TokenValidatorResult.failure(
                new OAuth2Error("invalid_token", "The session of this token has ended", null));
        return token -> {
            Instant issuedAt = Objects.requireNonNullElse(token.getIssuedAt(), Instant.MIN);
            return ended.hasEnded(token.getClaimAsString("sid"), issuedAt)
                    ? refused
                    : OAuth2TokenValidatorResult.success();
        };
    }

    /** Tokens may be of ended sessions: none is accepted until the feed can be read again. */
    private static final class ClosedWhenBlind extends OncePerRequestFilter {

        private final EndedSessions ended;

        ClosedWhenBlind(EndedSessions ended) {
            this.ended = ended;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            if (ended.isCurrent()) {
                chain.doFilter(request, response);
            } else {
                response.setHeader("Retry-After", "5");
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            }
        }
    }
}
