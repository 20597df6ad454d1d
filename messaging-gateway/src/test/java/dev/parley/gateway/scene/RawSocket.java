package dev.parley.gateway.scene;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A WebSocket client of bytes: sends what no library would, and reads frames as they stand on the wire.
public final class RawSocket implements AutoCloseable {

    public static final int CONTINUATION = 0;
    public static final int TEXT = 1;
    public static final int BINARY = 2;
    public static final int CLOSE = 8;
    public static final int PING = 9;
    public static final int PONG = 10;
    public static final int FINAL = 0x80;

    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x37, (byte) 0xfa, 0x21, 0x3d};
    private static final int PATIENCE_MILLIS = 5_000;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /// Upgrades on `path`.
    /// @throws IOException when the answer is not 101
    public static RawSocket open(int port, String path) throws IOException {
        return open(port, path, 0);
    }

    /// @param receiveBuffer of the kernel, in bytes; 0 leaves it as it is
    public static RawSocket open(int port, String path, int receiveBuffer) throws IOException {
        var socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        var raw = new RawSocket(socket);
        raw.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        var head = raw.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            socket.close();
            throw new IOException(head);
        }
        return raw;
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /// A masked frame.
    /// @param first the first byte: FIN, the reserved bits, the opcode
    public static byte[] frame(int first, byte[] payload) {
        var frame = new ByteArrayOutputStream();
        frame.write(first);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else if (payload.length < 65_536) {
            frame.write(MASKED | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        } else {
            frame.write(MASKED | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) ((long) payload.length >> shift));
            }
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame.toByteArray();
    }

    public static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(StandardCharsets.UTF_8));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /// Writes `bytes` in pieces, each a TCP segment of its own.
    public void write(byte[] bytes, int piece) throws IOException {
        for (int from = 0; from < bytes.length; from += piece) {
            socket.getOutputStream().write(bytes, from, Math.min(piece, bytes.length - from));
        }
    }

    /// What came, as `text:…`, `pong:…`, `close:1000 …`, and `end` when the connection ended in good order after that;
    /// `reset` when it did not.
    public List<String> readToTheEnd() {
        var frames = new ArrayList<String>();
        try {
            while (true) {
                frames.add(read());
            }
        } catch (EOFException e) {
            frames.add("end");
        } catch (SocketException e) {
            frames.add("reset");
        } catch (IOException e) {
            frames.add(e.toString());
        }
        return frames;
    }

    /// The next frame.
    public String read() throws IOException {
        var first = in.readUnsignedByte();
        var length = (long) in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        var payload = new byte[(int) length];
        in.readFully(payload);
        return switch (first) {
            case FINAL | TEXT -> "text:" + new String(payload, StandardCharsets.UTF_8);
            case FINAL | PING -> "ping:" + new String(payload, StandardCharsets.ISO_8859_1);
            case FINAL | PONG -> "pong:" + new String(payload, StandardCharsets.ISO_8859_1);
            case FINAL | CLOSE -> "close:" + close(payload);
            default -> "frame of " + Integer.toHexString(first);
        };
    }

    private static String close(byte[] payload) {
        return payload.length < 2 ? "" : Integer.toString(((payload[0] & 0xff) << 8) | (payload[1] & 0xff));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
