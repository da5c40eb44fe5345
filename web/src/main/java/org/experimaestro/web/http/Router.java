package org.experimaestro.web.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The routes of a server: which handler answers which path. Immutable after its last {@link #add}. */
public final class Router implements Handler {
    private final List<Route> routes = new ArrayList<>();

    /** A part of the server that answers the paths of one pattern. */
    @FunctionalInterface
    public interface PathHandler {
        /**
         * Answers a request.
         *
         * @param request the request
         * @param path the segments that the pattern names
         * @return the response
         * @throws IOException if files cannot be read
         */
        Response handle(Request request, Map<String, String> path) throws IOException;
    }

    private record Route(String method, PathPattern pattern, PathHandler handler) {}

    /**
     * Adds a route. The first one that matches answers.
     *
     * @param method the method; a route of {@code GET} also answers {@code HEAD}
     * @param pattern the pattern of the path
     * @param handler the handler
     * @return this router
     */
    public Router add(String method, String pattern, PathHandler handler) {
        routes.add(new Route(method, PathPattern.of(pattern), handler));
        return this;
    }

    @Override
    public Response handle(Request request) throws IOException {
        TreeSet<String> methods = new TreeSet<>();
        String wanted = request.method().equals("HEAD") ? "GET" : request.method();
        for (Route route : routes) {
            Optional<Map<String, String>> path = route.pattern().match(request.path());
            if (path.isPresent() && route.method().equals(wanted)) {
                return route.handler().handle(request, path.get());
            }
            path.ifPresent(other -> methods.add(route.method()));
        }
        String path = "/" + String.join("/", request.path());
        if (methods.isEmpty()) {
            throw HttpProblem.notFound("There is nothing at " + path);
        }
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        String allowed = String.join(", ", methods);
        HttpProblem problem = new HttpProblem(405, "Cannot " + request.method() + " " + path + ": use " + allowed);
        return Response.of(problem).with("allow", allowed);
    }
}
