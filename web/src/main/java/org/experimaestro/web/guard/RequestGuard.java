package org.experimaestro.web.guard;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.web.http.Handler;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.PathPattern;
import org.experimaestro.web.http.Query;
import org.experimaestro.web.http.Request;
import org.experimaestro.web.http.Response;

/** The checks in front of all routes: the host, the site that asks, the person or script, and the right to act. */
public final class RequestGuard implements Handler {
    /** The header with the key of the page. */
    static final String KEY_HEADER = "X-Experimaestro";

    /** The parameter with the key of files. */
    static final String FILE_KEY = "key";

    private static final String API = "api";
    /** The paths that the browser itself opens, without a header of ours. */
    private static final List<PathPattern> FILES = List.of(
            PathPattern.of("api/1/jobs/{type}/{id}/files/{path...}"),
            PathPattern.of("api/1/runs/{experiment}/{run}/actions/{name}/{number}/files/{path...}"),
            PathPattern.of("api/1/runs/{experiment}/{run}/export"));

    private static final List<String> ACTIONS_PATH = List.of("api", "1", "actions");

    private final HostNameCheck hosts;
    private final String cookie;
    private final AddressTokens addresses;
    private final ScriptToken script;
    private final boolean readOnly;
    private final Sessions sessions;
    private final Handler next;

    /**
     * Creates the checks of a server.
     *
     * @param host the address or the name that the user lets the server listen at
     * @param server a text that names the server, the same at each start: it names the cookie, so that several servers
     *     have a session each
     * @param addresses the tokens of printed addresses
     * @param script the token of scripts
     * @param readOnly whether all actions are refused
     * @param clock the clock by which sessions end
     * @param next the routes
     */
    public RequestGuard(
            String host,
            String server,
            AddressTokens addresses,
            ScriptToken script,
            boolean readOnly,
            InstantSource clock,
            Handler next) {
        this.hosts = new HostNameCheck(host);
        this.cookie = Cookies.nameOf(server);
        this.addresses = addresses;
        this.script = script;
        this.readOnly = readOnly;
        this.sessions = new Sessions(clock);
        this.next = next;
    }

    @Override
    public Response handle(Request request) throws IOException {
        OriginCheck.check(request, hosts.check(request));
        Optional<String> bearer = ScriptToken.of(request);
        if (bearer.isPresent()) {
            if (!script.isEqual(bearer.get())) {
                throw new HttpProblem(
                        401,
                        "Cannot answer: the token of the header Authorization is not that of this server",
                        "read it again with experimaestro monitor --web --list --json; each start makes a new one");
            }
            return allowed(request);
        }
        Optional<Session> session = sessions.find(request, cookie);
        List<String> tokens = request.query().all(AddressTokens.PARAMETER);
        if (!tokens.isEmpty() && request.method().equals("GET")) {
            return enter(request, session, tokens.getFirst());
        }
        return session.isPresent() ? ofSession(request, session.get()) : EntryPages.closed(request);
    }

    /** Exchanges the token of an address for a session. A browser that has a session needs no token. */
    private Response enter(Request request, Optional<Session> session, String token) {
        if (!addresses.use(token)) {
            return session.isPresent() ? Response.redirect(withoutToken(request)) : EntryPages.used(request);
        }
        Session entered = session.orElseGet(sessions::begin);
        // The part behind # stays in the browser: the page keeps it for its origin, which a cookie does not have.
        String keys = "#key=" + entered.pageKey() + "." + entered.fileKey();
        Response response = Response.redirect(withoutToken(request) + keys);
        return session.isPresent() ? response : response.with("set-cookie", Cookies.set(cookie, entered.key()));
    }

    private static String withoutToken(Request request) {
        List<String> parameters = new ArrayList<>();
        Query query = request.query();
        query.values().forEach((name, values) -> {
            if (!name.equals(AddressTokens.PARAMETER)) {
                values.forEach(value -> parameters.add(encode(name) + "=" + encode(value)));
            }
        });
        String path = "/"
                + String.join(
                        "/", request.path().stream().map(RequestGuard::encode).toList());
        return parameters.isEmpty() ? path : path + "?" + String.join("&", parameters);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Response ofSession(Request request, Session session) throws IOException {
        // The page itself is the same for everybody, and the browser asks for it without a key.
        boolean isPage = request.isSafe()
                && (request.path().isEmpty() || !request.path().getFirst().equals(API));
        if (!isPage && !hasKey(request, session)) {
            throw EntryPages.withoutKey();
        }
        return allowed(request);
    }

    private static boolean hasKey(Request request, Session session) {
        return Secret.isEqual(session.pageKey(), request.header(KEY_HEADER).orElse(""))
                || request.isSafe()
                        && FILES.stream()
                                .anyMatch(file -> file.match(request.path()).isPresent())
                        && Secret.isEqual(
                                session.fileKey(),
                                request.query().find(FILE_KEY).orElse(""));
    }

    private Response allowed(Request request) throws IOException {
        boolean isAction = request.path().size() > ACTIONS_PATH.size()
                && request.path().subList(0, ACTIONS_PATH.size()).equals(ACTIONS_PATH);
        if (isAction && readOnly && !request.isSafe()) {
            throw new HttpProblem(
                    403,
                    "Cannot act on jobs: this server was started with --read-only, or may not write in the workspace",
                    "use the command line, or start the server without this option");
        }
        return next.handle(request);
    }
}
