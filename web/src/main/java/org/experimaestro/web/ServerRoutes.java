package org.experimaestro.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.experimaestro.web.asset.Assets;
import org.experimaestro.web.http.Handler;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;
import org.experimaestro.web.http.Router;

/** The routes of a server, behind the guard: those of the API of its workspace, and those of its own. */
final class ServerRoutes implements Handler {
    private static final List<String> API = List.of("api", "1");
    private static final List<String> ADDRESS = List.of("api", "1", "address");

    private final Handler api;
    private final Router own;

    ServerRoutes(Handler api, Assets assets, Supplier<String> newAddress) {
        this.api = api;
        this.own = new Router()
                .add(
                        "POST",
                        String.join("/", ADDRESS),
                        (request, path) -> Response.json(200, Map.of("address", newAddress.get())))
                .add("GET", "", (request, path) -> assets.answer(request))
                .add("GET", "{path...}", (request, path) -> assets.answer(request));
    }

    @Override
    public Response handle(Request request) throws IOException {
        return isOfApi(request) ? api.handle(request) : own.handle(request);
    }

    private static boolean isOfApi(Request request) {
        List<String> path = request.path();
        boolean isNewAddress = path.equals(ADDRESS) && !request.isSafe();
        return path.size() > API.size() && path.subList(0, API.size()).equals(API) && !isNewAddress;
    }
}
