package org.experimaestro.cli.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.core.file.UserFolder;
import org.experimaestro.web.WebOptions;
import org.experimaestro.web.WebServer;
import org.experimaestro.web.WorkspaceApi;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Failures;

/** The web page of a workspace, served by this process until it is closed, or the process ends. */
public final class ServedPage implements AutoCloseable {
    private final WebServer server;
    private final Consumer<String> lastWords;

    private ServedPage(WebServer server, Consumer<String> lastWords) {
        this.server = server;
        this.lastWords = lastWords;
    }

    /**
     * Starts to serve.
     *
     * @param api the workspace, which is closed with the page, and if it cannot be served
     * @param shown the workspace, for people
     * @param host the address or name at which the server listens
     * @param port the port; empty for the usual one, or a free one
     * @param readOnly whether the page may not act on jobs
     * @param lastWords receives a sentence about the actions that the end of the page has dropped, if there are some
     * @return the page, to be closed
     * @throws WorkspaceException if the port is taken, or the host is not one of this machine
     */
    public static ServedPage start(
            WorkspaceApi api,
            String shown,
            String host,
            OptionalInt port,
            boolean readOnly,
            Consumer<String> lastWords) {
        WebOptions options = new WebOptions(host, port, readOnly, UserFolder.STATE.path());
        try {
            ServedPage page = new ServedPage(WebServer.start(options, api), lastWords);
            Runtime.getRuntime().addShutdownHook(new Thread(page::close, "experimaestro-web-end"));
            return page;
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot serve the page of " + shown + " at " + host
                            + port.stream()
                                    .mapToObj(number -> ":" + number)
                                    .findFirst()
                                    .orElse("") + ": "
                            + Failures.reason(failed))
                    .advice("choose another --port, or another --host")
                    .cause(failed)
                    .build();
        }
    }

    /**
     * Returns an address that opens the page once.
     *
     * @param view the view to which it leads
     * @return an address with a new token
     */
    public String address(PageView view) {
        return view.openedBy(server.address());
    }

    /**
     * Describes the page to the user.
     *
     * @param view the view to which the address leads
     * @return lines with the address, and with the ways of scripts and of a tunnel
     */
    public List<String> lines(PageView view) {
        List<String> lines = new ArrayList<>();
        lines.add("Page:    " + address(view) + "  (this address works once)");
        lines.add("Scripts: curl -H \"Authorization: Bearer $(jq -r .token "
                + ShellWord.of(server.record().toString()) + ")\" "
                + server.page().address() + "/api/1/workspace");
        if (!System.getenv().getOrDefault("SSH_CONNECTION", "").isBlank() && !server.isReachable()) {
            lines.add("Tunnel:  ssh -L " + server.port() + ":127.0.0.1:" + server.port() + " " + hostName()
                    + "  on your own machine, then open the address there");
        }
        return lines;
    }

    /**
     * Returns the warnings about the place of the server.
     *
     * @return a sentence for each; none if only this machine reaches it
     */
    public List<String> warnings() {
        return server.isReachable()
                ? List.of("Other machines can reach " + server.page().address()
                        + ". Nothing is encrypted on the way; a tunnel of ssh is safer, see docs/web-page.md")
                : List.of();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "HOST";
        }
    }

    /** Ends the server, and says which actions it has dropped. The record of the page may be left; the next reader of the records removes it. */
    @Override
    public void close() {
        server.dropNoted().sentences("The page ended").forEach(lastWords);
        try {
            server.close();
        } catch (IOException left) {
            return;
        }
    }
}
