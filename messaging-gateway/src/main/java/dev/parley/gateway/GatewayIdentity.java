package dev.parley.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Who this process is to the others: a new id each start, so that nobody answers a dead process' questions to it.
@ApplicationScoped
public class GatewayIdentity {

    private final String id = UUID.randomUUID().toString();

    public String id() {
        return id;
    }
}
