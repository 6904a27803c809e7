package dev.mcppreflight.server.issuer;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.web.util.HtmlUtils;

/** Asks the user: which client wants what, and where it will be told. It loads nothing from elsewhere. */
final class ConsentPage extends HttpServlet {

    /** Where it stands. */
    static final String PATH = "/consent";

    private static final OAuth2TokenType STATE = new OAuth2TokenType("state");
    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;"
            + "padding:0 1rem}button{font:inherit;padding:.5rem 1.5rem;margin:1rem 1rem 0 0}code{overflow-wrap:anywhere}";

    private final transient RegisteredClientRepository clients;
    private final transient OAuth2AuthorizationService authorizations;
    private final String action;

    ConsentPage(RegisteredClientRepository clients, OAuth2AuthorizationService authorizations, String action) {
        this.clients = clients;
        this.authorizations = authorizations;
        this.action = action;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getServletPath().equals(PATH)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String state = request.getParameter("state");
        OAuth2Authorization asked = state == null ? null : authorizations.findByToken(state, STATE);
        OAuth2AuthorizationRequest wish =
                asked == null ? null : asked.getAttribute(OAuth2AuthorizationRequest.class.getName());
        RegisteredClient client = wish == null ? null : clients.findByClientId(wish.getClientId());
        if (client == null) {
            error(response, new OAuth2Error("invalid_request", "This request has ended: start again", ""));
            return;
        }
        send(response, 200, "Sign in", form(asked.getPrincipalName(), client, wish, state));
    }

    private String form(String user, RegisteredClient client, OAuth2AuthorizationRequest wish, String state) {
        StringBuilder form = new StringBuilder();
        form.append("<p>You are <strong>").append(text(user)).append("</strong> at the demo issuer.</p>");
        form.append("<p><strong>")
                .append(text(client.getClientName()))
                .append("</strong> (<code>")
                .append(text(client.getClientId()))
                .append("</code>) asks for access, and will be told at <strong id=\"redirect-host\">")
                .append(text(URI.create(wish.getRedirectUri()).getRawAuthority()))
                .append("</strong>.</p>");
        if (RedirectUris.isLoopback(URI.create(wish.getRedirectUri()).getHost())) {
            form.append("<p>That is a program on this machine: allow it only if you have just started it.</p>");
        }
        form.append("<form method=\"post\" action=\"").append(action).append("\">");
        hidden(form, "client_id", client.getClientId());
        hidden(form, "state", state);
        hidden(form, SignIn.HINT, user);
        for (String scope : wish.getScopes()) {
            if (!scope.equals(OidcScopes.OPENID)) {
                form.append("<label><input type=\"checkbox\" name=\"scope\" checked value=\"")
                        .append(text(scope))
                        .append("\"> ")
                        .append(text(scope))
                        .append("</label><br>");
            }
        }
        form.append("<button id=\"allow\">Allow</button></form>");
        // Without a scope it is a refusal.
        form.append("<form method=\"post\" action=\"").append(action).append("\">");
        hidden(form, "client_id", client.getClientId());
        hidden(form, "state", state);
        hidden(form, SignIn.HINT, user);
        return form.append("<button id=\"deny\">Deny</button></form>").toString();
    }

    private static void hidden(StringBuilder form, String name, String value) {
        form.append("<input type=\"hidden\" name=\"")
                .append(name)
                .append("\" value=\"")
                .append(text(value))
                .append("\">");
    }

    /** Shows an error to a user who can be sent nowhere. */
    static void error(HttpServletResponse response, OAuth2Error error) throws IOException {
        String description = error.getDescription() == null ? "" : error.getDescription();
        send(
                response,
                400,
                "This cannot go on",
                "<p><code>" + text(error.getErrorCode()) + "</code> " + text(description) + "</p>");
    }

    private static void send(HttpServletResponse response, int status, String title, String body) throws IOException {
        response.setStatus(status);
        response.setContentType("text/html;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        // No form-action: browsers apply it to the redirect after the form as well.
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
        String page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>" + title + "</title><style>"
                + STYLE + "</style><h1>" + title + "</h1>" + body + "</html>";
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String text) {
        return HtmlUtils.htmlEscape(text);
    }
}
