package dev.mcppreflight.conformance.fault;

import java.util.Map;

/** What servers made with a framework say when they refuse something by a status, and how they sign their answers. */
enum Framework {
    EXPRESS(Map.of("X-Powered-By", "Express", "ETag", "W/\"1a-x\""), "text/html; charset=utf-8") {
        @Override
        String body(int status, String reason, String path) {
            return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n<body>\n<pre>"
                    + (status == 404 ? "Cannot POST " + path : reason) + "</pre>\n</body>\n</html>\n";
        }
    },
    STARLETTE(Map.of("server", "uvicorn"), "application/json") {
        @Override
        String body(int status, String reason, String path) {
            return "{\"detail\":\"" + reason + "\"}";
        }
    },
    SPRING(Map.of("Vary", "Origin"), "application/json") {
        @Override
        String body(int status, String reason, String path) {
            return "{\"timestamp\":\"2026-01-02T03:04:05.678+00:00\",\"status\":" + status + ",\"error\":\"" + reason
                    + "\",\"path\":\"" + path + "\"}";
        }
    },
    ASP_NET(Map.of("Server", "Kestrel"), "application/problem+json") {
        @Override
        String body(int status, String reason, String path) {
            return "{\"type\":\"https://tools.ietf.org/html/rfc9110#section-15\",\"title\":\"" + reason
                    + "\",\"status\":" + status
                    + ",\"traceId\":\"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00\"}";
        }
    },
    GO(Map.of("X-Content-Type-Options", "nosniff"), "text/plain; charset=utf-8") {
        @Override
        String body(int status, String reason, String path) {
            return (status == 404 ? "404 page not found" : reason) + "\n";
        }
    },
    RAILS(Map.of("X-Request-Id", "8f1c", "X-Runtime", "0.004"), "text/html; charset=UTF-8") {
        @Override
        String body(int status, String reason, String path) {
            return "<!DOCTYPE html>\n<html>\n<head>\n  <title>" + reason + " (" + status
                    + ")</title>\n</head>\n<body class=\"rails-default-error-page\">\n  <div class=\"dialog\">\n"
                    + "    <h1>Something is not as it should be.</h1>\n  </div>\n</body>\n</html>\n";
        }
    },
    FLASK(Map.of("Server", "Werkzeug/3.0.4 Python/3.12.6"), "text/html; charset=utf-8") {
        @Override
        String body(int status, String reason, String path) {
            return "<!doctype html>\n<html lang=en>\n<title>" + status + " " + reason + "</title>\n<h1>" + reason
                    + "</h1>\n";
        }
    },
    BARE(Map.of(), "") {
        @Override
        String body(int status, String reason, String path) {
            return "";
        }
    };

    private final Map<String, String> signature;
    private final String contentType;

    Framework(Map<String, String> signature, String contentType) {
        this.signature = signature;
        this.contentType = contentType;
    }

    /** The body of an error. */
    abstract String body(int status, String reason, String path);

    Map<String, String> signature() {
        return signature;
    }

    String contentType() {
        return contentType;
    }
}
