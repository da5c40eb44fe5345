package org.experimaestro.web.http;

import java.io.IOException;

/** A part of the server that answers requests. Thread-safe. */
@FunctionalInterface
public interface Handler {
    /**
     * Answers a request.
     *
     * @param request the request
     * @return the response
     * @throws HttpProblem if the request cannot be answered, with the reason for the client
     * @throws IOException if files cannot be read
     */
    Response handle(Request request) throws IOException;
}
