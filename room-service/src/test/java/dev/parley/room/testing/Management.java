package dev.parley.room.testing;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import org.eclipse.microprofile.config.ConfigProvider;

/// The management port, where `/internal` is.
public final class Management {

    private Management() {}

    /// A request with the gateway's credential.
    public static RequestSpecification asGateway() {
        return anonymous().auth().preemptive().basic("gateway", "gateway-secret");
    }

    public static RequestSpecification anonymous() {
        var port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        return given().baseUri("http://localhost").port(port);
    }
}
