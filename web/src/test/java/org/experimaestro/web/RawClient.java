package org.experimaestro.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A client that sends exactly the bytes of a test, which clients of libraries would correct. */
public record RawClient(int port, Map<String, String> headers) {
    private static final int TIMEOUT = 60_000;

    public RawResponse get(String target, String... more) throws IOException {
        return send("GET", target, "", more);
    }

    public RawResponse head(String target, String... more) throws IOException {
        return send("HEAD", target, "", more);
    }

    public RawResponse post(String target, String body, String... more) throws IOException {
        return send("POST", target, body, more);
    }

    /** Sends a request with the headers of this client and further lines. */
    public RawResponse send(String method, String target, String body, String... more) throws IOException {
        return exchange(request(method, target, body, more));
    }

    /** Returns the text of a request after which the server closes the connection. */
    public String request(String method, String target, String body, String... more) {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nConnection: close\r\n");
        if (String.join("\n", more).lines().noneMatch(line -> line.startsWith("Host:"))) {
            request.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        for (String line : more) {
            request.append(line).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return request.append("\r\n").append(body).toString();
    }

    /** Sends bytes, and reads until the server closes the connection. */
    public RawResponse exchange(String bytes) throws IOException {
        try (Socket socket = open()) {
            try {
                write(socket, bytes);
            } catch (SocketException refusedEarly) {
                return RawResponse.of(readAll(socket));
            }
            return RawResponse.of(readAll(socket));
        }
    }

    public Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(TIMEOUT);
        return socket;
    }

    public static void write(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads until the server closes the connection, in whatever way. */
    public static byte[] readAll(Socket socket) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[8192];
        try {
            int count = in.read(piece);
            while (count >= 0) {
                read.write(piece, 0, count);
                count = in.read(piece);
            }
        } catch (SocketException reset) {
            return read.toByteArray();
        }
        return read.toByteArray();
    }

    /** Opens a stream, and returns its connection after the first bytes of its response. */
    public Socket openStream(String target) throws IOException {
        Socket socket = open();
        write(socket, request("GET", target, ""));
        if (socket.getInputStream().read() < 0) {
            throw new IOException("The server has closed the connection");
        }
        return socket;
    }
}
