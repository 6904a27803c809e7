package dev.mcppreflight.server.issuer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** The clients that registered themselves in this run, the newest 1000, and those whose id is a document. */
final class Clients implements RegisteredClientRepository {

    private static final int MOST = 1000;

    private final ClientDocuments documents;
    private final Map<String, RegisteredClient> byId = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RegisteredClient> eldest) {
            return size() > MOST;
        }
    };

    Clients(ClientDocuments documents) {
        this.documents = documents;
    }

    @Override
    public synchronized void save(RegisteredClient client) {
        byId.put(client.getId(), client);
    }

    @Override
    public RegisteredClient findById(String id) {
        RegisteredClient known = known(id);
        return known == null && documents.isDocument(id) ? documents.find(id) : known;
    }

    @Override
    public RegisteredClient findByClientId(String clientId) {
        return findById(clientId);
    }

    private synchronized RegisteredClient known(String id) {
        return byId.get(id);
    }
}
