package dev.mcppreflight.server.issuer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/** Sends users back to their client, and says who sends them (RFC 9207), in errors too. */
final class AuthorizationResponses implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private final IssuerProfile profile;

    AuthorizationResponses(IssuerProfile profile) {
        this.profile = profile;
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
        OAuth2AuthorizationCodeRequestAuthenticationToken granted =
                (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", granted.getAuthorizationCode().getTokenValue());
        redirect(response, granted, parameters);
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException exception)
            throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationException failure =
                (OAuth2AuthorizationCodeRequestAuthenticationException) exception;
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = failure.getAuthorizationCodeRequestAuthentication();
        OAuth2Error error = failure.getError();
        if (asked == null
                || asked.getRedirectUri() == null
                || asked.getRedirectUri().isEmpty()) {
            ConsentPage.error(response, error);
            return;
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("error", error.getErrorCode());
        parameters.put("error_description", error.getDescription());
        redirect(response, asked, parameters);
    }

    private void redirect(
            HttpServletResponse response,
            OAuth2AuthorizationCodeRequestAuthenticationToken request,
            Map<String, String> parameters) {
        parameters.put("state", request.getState());
        parameters.put("iss", profile.issuer());
        String query = parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String uri = request.getRedirectUri();
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader("Location", uri + (uri.contains("?") ? "&" : "?") + query);
    }
}
