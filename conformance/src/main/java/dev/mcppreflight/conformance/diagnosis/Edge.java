package dev.mcppreflight.conformance.diagnosis;

/** Whether a tunnel, a proxy or a content network answered in place of the server. */
final class Edge {

    private Edge() {}

    static boolean speaks(Case it) {
        return it.knock()
                .whose(exchange -> exchange.header("ngrok-error-code").isPresent()
                        || exchange.header("cf-mitigated").isPresent()
                        || Facts.isCloudflare(exchange) && exchange.status() >= 500
                        || exchange.status() >= 502 && exchange.status() <= 504 && exchange.answer() == null
                        || exchange.status() >= 520 && exchange.status() <= 530)
                .any();
    }
}
