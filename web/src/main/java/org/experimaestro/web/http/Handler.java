package org.experimaestro.web.http;

import java.io.IOException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;

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

    /**
     * Answers a request, whatever happens: a problem is a response, too.
     *
     * @param request the request
     * @return the response
     */
    default Response respond(Request request) {
        try {
            return handle(request);
        } catch (HttpProblem refused) {
            return Response.of(refused);
        } catch (IOException | WorkspaceException | JsonException unreadable) {
            return Response.of(HttpProblem.ofFault(unreadable));
        } catch (RuntimeException failed) {
            System.getLogger(Handler.class.getName())
                    .log(System.Logger.Level.WARNING, "The web server cannot answer a request", failed);
            return Response.of(HttpProblem.ofFault(failed));
        } catch (OutOfMemoryError full) {
            return Response.of(HttpProblem.ofFullMemory());
        }
    }
}
