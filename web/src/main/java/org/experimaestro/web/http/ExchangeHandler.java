package org.experimaestro.web.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The way between the JDK's server and a handler: a request in, a response out, whatever happens. Thread-safe. */
public final class ExchangeHandler implements HttpHandler {
    private final Handler handler;
    private final SlowClients clients;

    /**
     * Creates the way to a handler.
     *
     * @param handler answers the requests
     * @param clients ends connections of clients that do not read
     */
    public ExchangeHandler(Handler handler, SlowClients clients) {
        this.handler = handler;
        this.clients = clients;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Response response = respond(exchange);
        try (Response.Body body = response.body()) {
            write(exchange, response, body);
        }
        // Not after a failure: the server ends the connection then, and a cut answer is not taken for a whole one.
        exchange.close();
    }

    private Response respond(HttpExchange exchange) throws IOException {
        Request request;
        try {
            request = RequestReader.read(exchange);
        } catch (HttpProblem refused) {
            return Response.of(refused).with("connection", "close");
        }
        return handler.respond(request);
    }

    private void write(HttpExchange exchange, Response response, Response.Body body) throws IOException {
        for (Map.Entry<String, String> header : SecurityHeaders.of(response).entrySet()) {
            exchange.getResponseHeaders().set(header.getKey(), header.getValue());
        }
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        if (isHead && response.length() >= 0) {
            exchange.getResponseHeaders().set("content-length", Long.toString(response.length()));
        }
        boolean hasBody = !isHead && response.length() != 0;
        long length = response.length() == Response.UNKNOWN_LENGTH ? 0 : response.length();
        exchange.sendResponseHeaders(response.status(), hasBody ? length : -1);
        if (hasBody) {
            OutputStream out = clients.watched(exchange.getResponseBody());
            body.writeTo(out);
            out.close();
        }
    }
}
