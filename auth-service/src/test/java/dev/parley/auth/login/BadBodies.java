package dev.parley.auth.login;

import static dev.parley.auth.AuthApi.PASSWORD;
import static dev.parley.auth.AuthApi.newUsername;
import static dev.parley.auth.AuthApi.registration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The table of bad bodies: every endpoint that takes one, every member of it.
final class BadBodies {

    static final String ME = "/auth/me/";
    static final String LOGOUT = "/auth/logout/";

    static final List<String> WITH_BEARER =
            List.of("/auth/change-password/", "/auth/change-email/", "/auth/erase-account/", ME);

    static final List<String> PATHS = Stream.concat(
                    Stream.of(
                            "/auth/register/",
                            "/auth/login/",
                            "/auth/refresh/",
                            LOGOUT,
                            "/auth/forgot-password/",
                            "/auth/reset-password/",
                            "/auth/verify-email/"),
                    WITH_BEARER.stream())
            .toList();

    private BadBodies() {}

    sealed interface Case {

        String path();
    }

    /// One member of an otherwise good body has `json` for a value, or is absent when that is empty.
    record Member(String path, String member, String json) implements Case {}

    /// The body as it is sent.
    record Whole(String path, String body) implements Case {}

    static Stream<Case> members() {
        var cases = new ArrayList<Case>();
        for (var path : PATHS) {
            for (var member : goodBody(path).keySet()) {
                for (var json : List.of(
                        "",
                        "null",
                        "1",
                        "1.5",
                        "true",
                        "[]",
                        "[\"abc\"]",
                        "{}",
                        "{\"a\":1}",
                        "\"\"",
                        "\"\\u0000abcdefgh\"",
                        "\"abcdefgh\\ud800\"",
                        "\"" + "a".repeat(300) + "\"")) {
                    cases.add(new Member(path, member, json));
                }
            }
            for (var member : List.of("display_name", "device_name", "token_transport")) {
                for (var json : List.of(
                        "1",
                        "1.5",
                        "[\"body\"]",
                        "false",
                        "[]",
                        "{}",
                        "\"a\\nb\"",
                        "\"\\u202eabc\"",
                        "\"\\u0000\"",
                        "\"\\udc00\"",
                        "\"" + "a".repeat(101) + "\"")) {
                    if (path.equals("/auth/register/")
                            || (path.equals("/auth/login/") && !member.equals("display_name"))) {
                        cases.add(new Member(path, member, json));
                    }
                }
            }
        }
        for (var json : List.of(
                "\"ab\"",
                "\"1abc\"",
                "\"a b c\"",
                "\"ädá\"",
                "\"\\u212aelvin\"",
                "\"admin\"",
                "\"ADMIN\"",
                "\"a@b\"")) {
            cases.add(new Member("/auth/register/", "username", json));
        }
        for (var json : List.of(
                "\"a\"",
                "\"a@\"",
                "\"@b\"",
                "\"a b@c.d\"",
                "\"a@b@c\"",
                "\"a@b\\r\\nBcc: c@d\"",
                "\"<a@b.c>\"",
                "\"ä@b.c\"",
                "\"a@-b.c\"")) {
            cases.add(new Member("/auth/register/", "email", json));
        }
        for (var path : List.of("/auth/register/", "/auth/login/")) {
            for (var json : List.of("\"\"", "\"Cookie\"", "\"none\"", "\"cookie \"")) {
                cases.add(new Member(path, "token_transport", json));
            }
        }
        for (var bad : List.of(
                new Member("/auth/register/", "username", "\"abc\\u0007\""),
                new Member("/auth/login/", "username", "\"abc\\u0007\""),
                new Member("/auth/forgot-password/", "email", "\"a@b\\u0007\""),
                new Member("/auth/change-email/", "new_email", "\"a@b\\u0007\""),
                new Member("/auth/reset-password/", "token", "\"abc\\u0007\""),
                new Member("/auth/verify-email/", "token", "\"abc\\u0007\""),
                new Member("/auth/refresh/", "refresh_token", "\"abc\\u0007\""),
                new Member(LOGOUT, "refresh_token", "\"abc\\u0007\""),
                new Member("/auth/reset-password/", "new_password", "\"password1\""),
                new Member("/auth/change-password/", "new_password", "\"1234567\""),
                new Member("/auth/change-password/", "new_password", "\"PASSWORD1\""))) {
            cases.add(bad);
        }
        cases.add(new Member("/auth/register/", "password", "\"1234567\""));
        cases.add(new Member("/auth/register/", "password", "\"" + "a".repeat(129) + "\""));
        cases.add(new Member("/auth/register/", "display_name", "\"\""));
        cases.add(new Member("/auth/register/", "display_name", "\"" + "a".repeat(65) + "\""));
        cases.removeIf(bad -> isGood((Member) bad));
        cases.add(new Member("/auth/refresh/", "refresh_token", "\"" + "a".repeat(513) + "\""));
        cases.add(new Member(LOGOUT, "refresh_token", "\"" + "a".repeat(513) + "\""));
        cases.add(new Member("/auth/login/", "password", "\"" + "a".repeat(60_000) + "\""));
        return cases.stream();
    }

    /// What the table of all members makes for one that takes it.
    private static boolean isGood(Member member) {
        var isAbsent = member.json().isEmpty();
        return switch (member.path()) {
            // A long text may be a refresh token, as far as anybody can tell.
            case "/auth/refresh/" -> member.json().length() > 300;
            // Without one it is a logout by access token.
            case LOGOUT ->
                isAbsent || member.json().equals("null") || member.json().length() > 300;
            case ME -> isAbsent;
            case String other -> false;
        };
    }

    static Stream<Case> bodies() {
        return PATHS.stream()
                .flatMap(path -> Stream.concat(
                                // Without a body it is a logout by access token.
                                path.equals(LOGOUT) ? Stream.of() : Stream.of("", " ", "null"),
                                Stream.of(
                                        "1",
                                        "true",
                                        "\"text\"",
                                        "[]",
                                        "[{}]",
                                        "{",
                                        "{]",
                                        "{\"username\":}",
                                        "{'username':'abc'}",
                                        "{\"username\":\"abc\",}",
                                        "{\"username\":\"abc\"} x",
                                        "{\"username\":\"abc\"}{\"username\":\"abc\"}",
                                        "{\"username\":\"abc\",\"username\":\"abc\"}",
                                        "{\"username\":\"a\nb\"}",
                                        "{\"username\":\"\\x\"}",
                                        "{\"username\":NaN}",
                                        "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}",
                                        "{\"x\":" + "{\"x\":".repeat(5_000) + "1" + "}".repeat(5_000) + "}"))
                        .map(body -> new Whole(path, body)));
    }

    static Stream<byte[]> invalidUtf8() {
        return Stream.of(
                new byte[] {(byte) 0xff},
                new byte[] {(byte) 0xc3},
                new byte[] {(byte) 0xc0, (byte) 0x80}, // an overlong U+0000
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // a surrogate
                new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}); // above U+10FFFF
    }

    static Map<String, Object> goodBody(String path) {
        return switch (path) {
            case "/auth/register/" -> registration(newUsername());
            case "/auth/login/" -> Map.of("username", "nobody-" + newUsername(), "password", PASSWORD);
            case "/auth/refresh/" -> Map.of("refresh_token", "unknown");
            case LOGOUT -> Map.of("refresh_token", "unknown");
            case ME -> Map.of("display_name", "Ada");
            case "/auth/forgot-password/" -> Map.of("email", "nobody@example.com");
            case "/auth/reset-password/" -> Map.of("token", "unknown", "new_password", PASSWORD);
            case "/auth/verify-email/" -> Map.of("token", "unknown");
            case "/auth/change-password/" -> Map.of("current_password", PASSWORD, "new_password", PASSWORD);
            case "/auth/change-email/" -> Map.of("current_password", PASSWORD, "new_email", "nobody@example.com");
            case "/auth/erase-account/" -> Map.of("password", PASSWORD);
            case String other -> throw new IllegalArgumentException(other);
        };
    }
}
