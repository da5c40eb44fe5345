package org.experimaestro.web.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers of all responses, which keep other sites, and texts of other people, from acting in the page. */
public final class SecurityHeaders {
    /** The name of the header that says what a document may load and run. */
    public static final String POLICY = "content-security-policy";

    /** The policy of the page itself: its own script, style and answers, and nothing from elsewhere. */
    public static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'";

    /** The policy of a file that others may have written: nothing is loaded, and nothing runs. */
    public static final String FILE = "sandbox; default-src 'none'; frame-ancestors 'none'";

    /** The policy of everything else. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALL = Map.of(
            POLICY,
            NOTHING,
            "x-content-type-options",
            "nosniff",
            "x-frame-options",
            "DENY",
            "referrer-policy",
            "no-referrer",
            "cross-origin-opener-policy",
            "same-origin",
            "cross-origin-resource-policy",
            "same-origin",
            "cache-control",
            "no-store");

    private SecurityHeaders() {}

    /**
     * Returns all headers of a response.
     *
     * @param response the response, whose own headers win
     * @return the headers by their names in lower case
     */
    static Map<String, String> of(Response response) {
        Map<String, String> headers = new LinkedHashMap<>(ALL);
        headers.putAll(response.headers());
        if (!response.type().isEmpty()) {
            headers.put("content-type", response.type());
        }
        return headers;
    }
}
