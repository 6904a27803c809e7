package dev.mcppreflight.conformance.fault.deviation;

import dev.mcppreflight.conformance.data.Json;
import dev.mcppreflight.conformance.fault.authorization.Clients;
import dev.mcppreflight.conformance.fault.authorization.ConsentPage;
import dev.mcppreflight.conformance.fault.http.Form;
import dev.mcppreflight.conformance.fault.http.Request;
import dev.mcppreflight.conformance.fault.http.Response;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What goes wrong with the documents that describe clients. One name, {@code client-documents}, whose parameter says what. */
final class ClientDocumentDeviations {

    static final Map<String, Function<Json, Deviation>> ALL =
            Map.of("client-documents", parameter -> switch (Parameter.oneOf(
                    parameter, "read-again", "any-redirect", "incomplete", "read-anywhere")) {
                case "read-again" -> readAgain();
                case "read-anywhere" -> readAnywhere();
                case "any-redirect" ->
                    believes(document -> document.get("redirect_uris").isArray());
                default -> believes(document -> document.get("redirect_uris").isMissing());
            });

    private ClientDocumentDeviations() {}

    /** The id of the client that a page is opened for, where it is the address of a document; empty for another one. */
    private static String documentOf(Request request) {
        String id = Form.parse(request.query()).get("client_id");
        return request.path().equals("/authorize") && id.startsWith("http") ? id : "";
    }

    /** Keeps no document. */
    private static Deviation readAgain() {
        Set<String> known = ConcurrentHashMap.newKeySet();
        return Deviation.ofHttp((request, healthy, site) -> {
            String id = documentOf(request);
            if (!id.isEmpty() && !known.add(id)) {
                Clients.read(id);
            }
            return healthy.handle(request);
        });
    }

    /** Asks every address that it is told. */
    private static Deviation readAnywhere() {
        return Deviation.ofHttp((request, healthy, site) -> {
            if (!documentOf(request).isEmpty()) {
                Clients.read(documentOf(request));
            }
            return healthy.handle(request);
        });
    }

    /** Asks the user for a client whose document ought to be refused, where it is of this kind and names itself. */
    private static Deviation believes(Predicate<Json> kind) {
        return Deviation.ofHttp((request, healthy, site) -> {
            Response response = healthy.handle(request);
            String id = documentOf(request);
            if (id.isEmpty() || response.status() != 400) {
                return response;
            }
            Json document = Clients.read(id);
            return document.get("client_id").text().equals(id) && kind.test(document)
                    ? ConsentPage.question("A client", Form.parse(request.query()))
                    : response;
        });
    }
}
