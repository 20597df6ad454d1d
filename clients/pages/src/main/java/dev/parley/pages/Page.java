package dev.parley.pages;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// One file of the pages, as it is sent.
/// @param etag changes with the bytes
record Page(String mediaType, Buffer body, String etag) {

    static Page of(String mediaType, byte[] bytes) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Page(
                    mediaType, Buffer.buffer(bytes), '"' + HexFormat.of().formatHex(hash, 0, 12) + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
