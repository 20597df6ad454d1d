package dev.parley.local.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// A program that takes a service's place in the launcher's tests: it answers on both ports with its environment.
final class StandInService {

    private StandInService() {}

    /// Lays out what `quarkus:build` would have made for all three services.
    static void installAll(Path installation) throws IOException {
        for (String service : new String[] {"auth-service", "room-service", "messaging-gateway"}) {
            install(installation, service, StandInService.class);
        }
    }

    /// Makes one service a program that ends with exit code 3 at once.
    static void installBroken(Path installation, String service) throws IOException {
        install(installation, service, Broken.class);
    }

    private static void install(Path installation, String service, Class<?> main) throws IOException {
        Path jar = installation.resolve(service).resolve("target/quarkus-app/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, main.getName());
        attributes.put(
                Attributes.Name.CLASS_PATH,
                main.getProtectionDomain().getCodeSource().getLocation().toString());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    static void main(String[] arguments) throws IOException {
        listen("QUARKUS_MANAGEMENT_PORT", "/q/health/ready");
        int port = listen("QUARKUS_HTTP_PORT", "/");
        System.out.println("listening on " + port);
    }

    private static int listen(String variable, String path) throws IOException {
        int port = Integer.parseInt(System.getenv(variable));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        StringBuilder environment = new StringBuilder();
        Map<String, String> sorted = new TreeMap<>(System.getenv());
        sorted.forEach((name, value) ->
                environment.append(name).append('=').append(value).append('\n'));
        byte[] body = environment.toString().getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return port;
    }

    static final class Broken {

        private Broken() {}

        static void main(String[] arguments) {
            System.out.println("cannot go on");
            System.exit(3);
        }
    }
}
