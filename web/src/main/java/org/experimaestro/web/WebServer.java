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
import org.experimaestro.web.asset.Assets;
import org.experimaestro.web.guard.AddressTokens;
import org.experimaestro.web.guard.RequestGuard;
import org.experimaestro.web.guard.ScriptToken;
import org.experimaestro.web.http.ExchangeHandler;
import org.experimaestro.web.http.SlowClients;
import org.experimaestro.web.running.RunningPage;
import org.experimaestro.web.running.RunningPages;
import org.experimaestro.workspace.ProcessIdentity;

/** The server of a workspace's page. It answers until it is closed, or its process ends. Thread-safe. */
public final class WebServer implements AutoCloseable {
    private static final int BACKLOG = 64;
    private static final Duration MOST_WRITING = Duration.ofSeconds(30);
    private static final Duration MOST_ENDING = Duration.ofSeconds(2);

    private final HttpServer server;
    private final ExecutorService threads;
    private final SlowClients clients;
    private final WorkspaceApi api;
    private final AddressTokens addresses;
    private final RunningPage page;
    private final Path record;

    private WebServer(
            HttpServer server,
            ExecutorService threads,
            SlowClients clients,
            WorkspaceApi api,
            AddressTokens addresses,
            RunningPage page,
            Path record) {
        this.server = server;
        this.threads = threads;
        this.clients = clients;
        this.api = api;
        this.addresses = addresses;
        this.page = page;
        this.record = record;
    }

    /**
     * Starts a server.
     *
     * @param options the place at which it listens
     * @param api the workspace that it shows; the server closes it at its end, and if it cannot start
     * @return the server, which answers from now on; to be closed
     * @throws BindException if the port is taken, or the host is no address of this machine
     * @throws IOException if the page was not built, or the record of the page cannot be written
     */
    public static WebServer start(WebOptions options, WorkspaceApi api) throws IOException {
        return start(options, api, Clock.systemUTC(), MOST_WRITING);
    }

    /** Starts a server with another clock, and another time that a client may take to read. */
    static WebServer start(WebOptions options, WorkspaceApi api, InstantSource clock, Duration mostWriting)
            throws IOException {
        try {
            return open(options, api, clock, mostWriting);
        } catch (IOException | RuntimeException failed) {
            api.close();
            throw failed;
        }
    }

    private static WebServer open(WebOptions options, WorkspaceApi api, InstantSource clock, Duration mostWriting)
            throws IOException {
        ServerLimits.set();
        Assets assets = Assets.load(api.isFar());
        String place = api.place();
        HttpServer server = listen(options);
        SlowClients clients = SlowClients.start(mostWriting);
        try {
            int port = server.getAddress().getPort();
            ScriptToken script = new ScriptToken();
            AddressTokens addresses = new AddressTokens(clock);
            ExecutorService threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("web-", 0).factory());
            RunningPage page = new RunningPage(
                    place,
                    origin(server, options.host()),
                    script.text(),
                    ProcessIdentity.current(),
                    options.readOnly());
            RequestGuard guard = new RequestGuard(
                    options.host(),
                    nameOf(place, options.host(), port),
                    addresses,
                    script,
                    options.readOnly(),
                    clock,
                    new ServerRoutes(api, assets, () -> address(page, addresses)));
            server.createContext("/", new ExchangeHandler(guard, clients));
            server.setExecutor(threads);
            // The record is there before the first answer, and never for a server that does not listen.
            Path record = new RunningPages(options.state()).add(page);
            server.start();
            return new WebServer(server, threads, clients, api, addresses, page, record);
        } catch (IOException | RuntimeException failed) {
            server.stop(0);
            clients.close();
            throw failed;
        }
    }

    /** Returns a text that no other server has that is reached by the same browser, and that is the same at each start. */
    private static String nameOf(String place, String host, int port) {
        return String.join("\n", ProcessIdentity.current().host(), place, host, Integer.toString(port));
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

    private static String origin(HttpServer server, String host) {
        InetAddress bound = server.getAddress().getAddress();
        String name = bound.isAnyLocalAddress() ? "localhost" : host;
        return "http://" + (name.contains(":") ? "[" + name + "]" : name) + ":"
                + server.getAddress().getPort();
    }

    /**
     * Returns an address that opens the page once.
     *
     * @return an address with a new token
     */
    public String address() {
        return address(page, addresses);
    }

    private static String address(RunningPage page, AddressTokens addresses) {
        return page.address() + "/?" + AddressTokens.PARAMETER + "=" + addresses.make();
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

    /** Returns the record of the page, with its address without a token, and the token of scripts. */
    public RunningPage page() {
        return page;
    }

    /** Returns the file of the record, which only this user can read. */
    public Path record() {
        return record;
    }

    /**
     * Ends the actions that were confirmed and wait: they are never performed. Called before {@link #close}.
     *
     * @return the dropped actions, such as {@code clean of 3 jobs}
     */
    public DroppedActions dropNoted() {
        return api.dropNoted();
    }

    @Override
    public void close() throws IOException {
        dropNoted();
        api.close(); // first, so that streams come to an end, and are not cut
        server.stop(0);
        threads.shutdownNow();
        try {
            // An answer that is being computed must not keep the process of a run.
            threads.awaitTermination(MOST_ENDING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        clients.close();
        RunningPages.remove(record, page);
    }
}
