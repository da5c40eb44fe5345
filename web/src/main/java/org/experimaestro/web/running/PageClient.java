package org.experimaestro.web.running;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;

/** A client of a page that another process of this user serves. */
public final class PageClient {
    private static final int MOST_BYTES = 1 << 16;

    private final Duration patience;

    /**
     * Creates a client.
     *
     * @param patience the longest time to connect, and the longest to wait for the answer
     */
    public PageClient(Duration patience) {
        this.patience = patience;
    }

    /**
     * Asks a page for a new address, which opens it once.
     *
     * @param page the page
     * @return an address with a token
     * @throws IOException if the server does not answer, or with something else
     */
    public String newAddress(RunningPage page) throws IOException {
        URI question = URI.create(page.address() + "/api/1/address");
        // A proxy is for other machines: it would get the token.
        HttpURLConnection connection = (HttpURLConnection) question.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setRequestProperty("Authorization", "Bearer " + page.token());
        try {
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("it answers with status " + connection.getResponseCode());
            }
            try (InputStream answer = connection.getInputStream()) {
                byte[] read = answer.readNBytes(MOST_BYTES);
                return JsonFile.parse(read, question.toString()).string("address");
            } catch (JsonException other) {
                throw new IOException(other.getMessage(), other);
            }
        } finally {
            connection.disconnect();
        }
    }
}
