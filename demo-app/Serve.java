import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Serves the demo app on this machine only: {@code java Serve.java PORT KEYCLOAK-URL FOLDER KEYCLOAK-JS}. */
public final class Serve {

    private static final Map<String, String> TYPES =
            Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8");

    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        String keycloak = arguments[1];
        Path folder = Path.of(arguments[2]);
        Path library = Path.of(arguments[3]);
        String policy = "default-src 'none'; script-src 'self' " + keycloak + "; connect-src " + keycloak
                + "; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'";

        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
        server.createContext("/", exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/" -> send(exchange, 200, "html", Files.readAllBytes(folder.resolve("index.html")), policy);
                case "/app.js" -> send(exchange, 200, "js", Files.readAllBytes(folder.resolve("app.js")), policy);
                case "/style.css" -> send(exchange, 200, "css", Files.readAllBytes(folder.resolve("style.css")), policy);
                case "/keycloak.js" -> send(exchange, 200, "js", Files.readAllBytes(library), policy);
                case "/config.js" -> send(exchange, 200, "js", bytes("export const keycloakUrl = \"" + keycloak + "\";\n"), policy);
                default -> send(exchange, 404, "html", bytes("<!doctype html><title>Not found</title>Not found\n"), policy);
            }
        });
        server.start();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body, String policy) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", TYPES.get(type));
            exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
