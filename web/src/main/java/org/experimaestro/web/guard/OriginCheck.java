package org.experimaestro.web.guard;

import java.util.Optional;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Request;

/** The check of the page that has sent a request: only the own page, a person, or a script may. */
final class OriginCheck {
    private OriginCheck() {}

    /**
     * Refuses a request of another site.
     *
     * @param host the host of the request, with its port if it has one
     */
    static void check(Request request, String host) {
        Optional<String> origin = request.header("origin");
        if (origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host)) {
            throw refusal();
        }
        // Older browsers and scripts do not send this header. A person who follows a link comes from another site.
        boolean isOther = request.header("sec-fetch-site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
        if (isOther && !(request.method().equals("GET") && isVisit(request))) {
            throw refusal();
        }
    }

    private static boolean isVisit(Request request) {
        return request.header("sec-fetch-mode").filter("navigate"::equals).isPresent()
                && request.header("sec-fetch-dest").filter("document"::equals).isPresent();
    }

    private static HttpProblem refusal() {
        return new HttpProblem(
                403,
                "Cannot answer a request of another site",
                "open the page in a window of its own; a script sends its token, and no Origin");
    }
}
