package org.experimaestro.web.guard;

import java.nio.charset.StandardCharsets;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/** The responses to browsers without a session. Their words are fixed: nothing of the request is in them. */
final class EntryPages {
    private static final String ADVICE =
            "For a new address, run experimaestro monitor --web again, or press Enter where it" + " runs.";

    private static final String API_ADVICE =
            "press Enter where experimaestro monitor --web runs, and open the address that"
                    + " it prints; a script sends its token in the header Authorization";

    private EntryPages() {}

    /** Returns the problem of a request of a browser whose page does not have the key of the session. */
    static HttpProblem withoutKey() {
        return new HttpProblem(401, "Cannot answer: this page does not have the key of its session", API_ADVICE);
    }

    /** Returns the response to a request that has neither a session nor a token. */
    static Response closed(Request request) {
        return response(
                request,
                "This page opens with the address that the command has printed.",
                "If you have just opened that address from another page, <a href=\"\">continue</a>. " + ADVICE);
    }

    /** Returns the response to an address whose token was used, is too old, or is of another start of the server. */
    static Response used(Request request) {
        return response(
                request,
                "This address has been used, is older than " + AddressTokens.LIFE.toMinutes()
                        + " minutes, or is of an earlier start of the command. Each address opens the page once.",
                ADVICE);
    }

    private static Response response(Request request, String message, String advice) {
        if (!request.path().isEmpty() && request.path().getFirst().equals("api")) {
            return Response.of(new HttpProblem(
                    401,
                    "Cannot answer: the request has no session, or that of an earlier start of the server",
                    API_ADVICE));
        }
        String page = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Experimaestro</title><h1>"
                + message + "</h1><p>" + advice + "</p></html>\n";
        return Response.of(401, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }
}
