package dev.mcppreflight.server.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientRegistrationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

/** Spring's authorization server with its parts in their places. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class IssuerConfiguration {

    private static final String AUTHORIZE = "/authorize";

    @Bean
    AuthorizationServerSettings settings(IssuerProfile profile) {
        return AuthorizationServerSettings.builder()
                .issuer(profile.issuer())
                .authorizationEndpoint(AUTHORIZE)
                .tokenEndpoint("/token")
                .clientRegistrationEndpoint("/register")
                .jwkSetEndpoint("/jwks")
                .tokenRevocationEndpoint("/revoke")
                .tokenIntrospectionEndpoint("/introspect")
                .oidcUserInfoEndpoint("/userinfo")
                .build();
    }

    @Bean
    JWKSource<SecurityContext> keys() throws JOSEException {
        // Elliptic, because a key is made at each start.
        return new ImmutableJWKSet<>(new JWKSet(new ECKeyGenerator(Curve.P_256)
                .keyIDFromThumbprint(true)
                .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                .keyUse(com.nimbusds.jose.jwk.KeyUse.SIGNATURE)
                .generate()));
    }

    @Bean
    JwtDecoder decoder(JWKSource<SecurityContext> keys) {
        return AccessTokens.decoder(keys);
    }

    @Bean
    OAuth2TokenGenerator<?> tokens(JWKSource<SecurityContext> keys, IssuerProfile profile) {
        JwtGenerator jwt = new JwtGenerator(new NimbusJwtEncoder(keys));
        jwt.setJwtCustomizer(new AccessTokens(profile));
        return new DelegatingOAuth2TokenGenerator(jwt, new RefreshTokens());
    }

    @Bean
    RegisteredClientRepository clients(IssuerProfile profile) {
        return new Clients(new ClientDocuments(profile));
    }

    @Bean
    OAuth2AuthorizationService authorizations() {
        return new Authorizations();
    }

    @Bean
    OAuth2AuthorizationConsentService consents() {
        return new InMemoryOAuth2AuthorizationConsentService();
    }

    @Bean
    ConsentPage consentPage(RegisteredClientRepository clients, OAuth2AuthorizationService authorizations) {
        return new ConsentPage(clients, authorizations, AUTHORIZE);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, IssuerProfile profile, RegisteredClientRepository clients) {
        ServerMetadata metadata = new ServerMetadata(profile);
        AuthorizationResponses responses = new AuthorizationResponses(profile);
        OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
        server.authorizationServerMetadataEndpoint(
                        endpoint -> endpoint.authorizationServerMetadataCustomizer(metadata::complete))
                .oidc(oidc -> oidc.providerConfigurationEndpoint(
                        endpoint -> endpoint.providerConfigurationCustomizer(metadata::complete)))
                .clientRegistrationEndpoint(endpoint -> endpoint.openRegistrationAllowed(true)
                        .authenticationProviders(providers -> registration(providers, profile)))
                .clientAuthentication(authentication -> authentication
                        .authenticationConverter(new PublicRefresh.Converter())
                        .authenticationProvider(new PublicRefresh(clients)))
                .authorizationEndpoint(endpoint -> endpoint.consentPage(ConsentPage.PATH)
                        .authorizationRequestConverters(
                                converters -> converters.replaceAll(converter -> new DefaultScopes(converter, profile)))
                        .authorizationResponseHandler(responses)
                        .errorResponseHandler(responses)
                        .authenticationProviders(IssuerConfiguration::authorization));
        return http.with(server, Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.requestMatchers("/register")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(resource -> resource.jwt(Customizer.withDefaults()))
                .cors(cors -> cors.configurationSource(pagesOfThisMachine()))
                .addFilterBefore(new LocalHosts(profile), SecurityContextHolderFilter.class)
                .addFilterAfter(new SignIn(AUTHORIZE), SecurityContextHolderFilter.class)
                .build();
    }

    private static void registration(List<AuthenticationProvider> providers, IssuerProfile profile) {
        Registrations registrations = new Registrations(profile);
        for (AuthenticationProvider provider : providers) {
            if (provider instanceof OAuth2ClientRegistrationAuthenticationProvider registration) {
                registration.setRegisteredClientConverter(registrations);
                registration.setAuthenticationValidator(registrations::check);
            }
        }
    }

    private static void authorization(List<AuthenticationProvider> providers) {
        for (AuthenticationProvider provider : providers) {
            if (provider instanceof OAuth2AuthorizationCodeRequestAuthenticationProvider authorization) {
                authorization.setAuthenticationValidator(AuthorizationRequests::check);
            }
        }
    }

    /** Inspectors that run in a browser on this machine; a page of the web has no business here. */
    private static UrlBasedCorsConfigurationSource pagesOfThisMachine() {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(
                List.of("http://localhost:[*]", "http://127.0.0.1:[*]", "http://localhost", "http://127.0.0.1"));
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(List.of("*"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return source;
    }
}
