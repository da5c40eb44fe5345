package org.experimaestro.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.guard.AddressTokens;
import org.experimaestro.web.guard.RequestGuard;
import org.experimaestro.web.guard.ScriptToken;
import org.experimaestro.web.http.ExchangeHandler;
import org.experimaestro.web.http.SlowClients;
import org.experimaestro.web.stream.LiveWorkspace;

/** The server of a workspace's page. It answers until it is closed, or its process ends. Thread-safe. */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final Duration MOST_WRITING = Duration.ofSeconds(30);
    private static final Duration MOST_ENDING = Duration.ofSeconds(2);

    private final HttpServer server;
    private final ExecutorService threads;
    private final SlowClients clients;
    private final LiveWorkspace workspace;
    private final AddressTokens addresses;
    private final ScriptToken script;
    private final String host;

    private WebServer(
            HttpServer server,
            ExecutorService threads,
            SlowClients clients,
            LiveWorkspace workspace,
            AddressTokens addresses,
            ScriptToken script,
            String host) {
        this.server = server;
        this.threads = threads;
        this.clients = clients;
        this.workspace = workspace;
        this.addresses = addresses;
        this.script = script;
        this.host = host;
    }

    /**
     * Starts a server.
     *
     * @param options the workspace, and where the server listens
     * @return the server, which answers from now on; to be closed
     * @throws BindException if the port is taken, or the host is no address of this machine
     * @throws IOException if the page was not built, or the token of scripts cannot be written
     */
    public static WebServer start(WebOptions options) throws IOException {
        return start(options, Clock.systemUTC(), MOST_WRITING);
    }

    /** Starts a server with another clock, and another time that a client may take to read. */
    static WebServer start(WebOptions options, InstantSource clock, Duration mostWriting) throws IOException {
        ServerLimits.set();
        HttpServer server = listen(options);
        try {
            int port = server.getAddress().getPort();
            ScriptToken script = ScriptToken.make(options.state(), port);
            AddressTokens addresses = new AddressTokens();
            LiveWorkspace workspace = LiveWorkspace.open(() -> monitored(options, clock), clock);
            SlowClients clients = SlowClients.start(mostWriting);
            ExecutorService threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("web-", 0).factory());
            WebServer started = new WebServer(server, threads, clients, workspace, addresses, script, options.host());
            WebRoutes routes = new WebRoutes(options, workspace, started::address);
            RequestGuard guard = new RequestGuard(
                    options.host(), port, addresses, script, options.readOnly(), clock, routes.router());
            server.createContext("/", new ExchangeHandler(guard, clients));
            server.setExecutor(threads);
            server.start();
            return started;
        } catch (IOException | RuntimeException failed) {
            server.stop(0);
            throw failed;
        }
    }

    private static HttpServer listen(WebOptions options) throws IOException {
        InetAddress address = InetAddress.getByName(options.host());
        if (options.port().isPresent()) {
            return HttpServer.create(
                    new InetSocketAddress(address, options.port().getAsInt()), BACKLOG);
        }
        try {
            return HttpServer.create(new InetSocketAddress(address, WebOptions.USUAL_PORT), BACKLOG);
        } catch (BindException taken) {
            return HttpServer.create(new InetSocketAddress(address, 0), BACKLOG);
        }
    }

    /** Opens a workspace with an index of its current files. */
    static Monitored monitored(WebOptions options, InstantSource clock) {
        return new Monitored(
                options.workspace(),
                WorkspaceIndex.open(options.workspace()),
                clock,
                options.presets(),
                options.readOnly(),
                options.program());
    }

    /**
     * Returns an address that opens the page once.
     *
     * @return an address with a new token
     */
    public String address() {
        return origin() + "/?" + AddressTokens.PARAMETER + "=" + addresses.make();
    }

    /**
     * Returns the address without a token, for scripts, and for browsers that have opened the page before.
     *
     * @return the address, without a slash at its end
     */
    public String origin() {
        InetAddress bound = server.getAddress().getAddress();
        String name = bound.isAnyLocalAddress() ? "localhost" : host;
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":" + port();
    }

    /** Returns the port at which the server listens. */
    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Returns whether programs of other machines can reach the server.
     *
     * @return false if it listens at a loopback address
     */
    public boolean isReachable() {
        return !server.getAddress().getAddress().isLoopbackAddress();
    }

    /** Returns the file with the token of scripts, which only this user can read. */
    public Path scriptTokenFile() {
        return script.file();
    }

    @Override
    public void close() throws IOException {
        workspace.close();
        server.stop(0);
        threads.shutdownNow();
        try {
            // An answer that is being computed must not keep the process of a run.
            threads.awaitTermination(MOST_ENDING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        clients.close();
        script.close();
    }
}
