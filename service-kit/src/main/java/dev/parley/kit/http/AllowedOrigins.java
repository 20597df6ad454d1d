package dev.parley.kit.http;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The exact origins (RFC 6454) whose pages may use this service. Thread-safe.
@ApplicationScoped
public class AllowedOrigins {

    /// As browsers write them: no path, no upper case, no wildcard, and never `null`.
    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.\\-\\[\\]:]+");

    private final Set<String> origins;

    AllowedOrigins(OriginsConfig config) {
        origins = Stream.concat(Stream.of(config.publicUrl()), config.allowed().orElse(List.of()).stream())
                .map(AllowedOrigins::checked)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// @param origin the header; absent, it is no page's
    public boolean contains(@Nullable String origin) {
        return origin != null && origins.contains(origin);
    }

    private static String checked(String configured) {
        var origin = configured.strip().replaceFirst("/+$", "");
        if (!ORIGIN.matcher(origin).matches()) {
            throw new ConfigurationException(
                    "parley.public-url, parley.allowed-origins: not an exact origin as https://chat.example.org: "
                            + configured);
        }
        return origin;
    }
}
