package org.experimaestro.cli.web;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.HeldOutput;
import org.experimaestro.tui.PlainView;
import org.experimaestro.tui.TerminalView;
import org.experimaestro.tui.ViewOptions;
import org.experimaestro.tui.client.RefusedQuestion;
import org.experimaestro.tui.client.WebClient;
import org.experimaestro.web.WorkspaceApi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The view of a workspace in the terminal of this process. */
public final class WorkspaceTerminal implements AutoCloseable {
    private static final int USUAL_COLUMNS = 100;

    private final WorkspaceApi api;
    private final WebClient client;
    private final ViewOptions options;
    private volatile @Nullable TerminalView shown;

    private WorkspaceTerminal(WorkspaceApi api, ViewOptions options) {
        this.api = api;
        this.client = new WebClient(api);
        this.options = options;
    }

    /**
     * Creates the view of a workspace.
     *
     * @param api the workspace, which is closed with the view
     * @param run the run that is shown first, {@code EXPERIMENT/RUN}; empty for the list of experiments
     * @param sshHost the name of the workspace's host for ssh; empty for this machine
     * @param isPartOfRun whether this process runs a plan, which goes on when the view is left
     * @return the view, to be shown and closed
     */
    public static WorkspaceTerminal of(
            WorkspaceApi api, Optional<String> run, Optional<String> sshHost, boolean isPartOfRun) {
        return new WorkspaceTerminal(
                api,
                new ViewOptions(
                        run,
                        sshHost,
                        isPartOfRun,
                        Ansi.AUTO.enabled(),
                        charset(),
                        ZoneId.systemDefault(),
                        Clock.systemUTC()));
    }

    /** Returns the encoding of the user's terminal. The start script tells it, because it sets another locale. */
    private static Charset charset() {
        String locale = System.getProperty("experimaestro.locale");
        if (locale == null) {
            return Charset.forName(System.getProperty("stdout.encoding", "US-ASCII"));
        }
        String name = locale.toUpperCase(Locale.ROOT).replace("-", "");
        return name.contains("UTF8") ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    }

    /**
     * Shows the view until it is left. What the process prints meanwhile is printed then.
     *
     * @return the lines that stay on the user's screen: a sentence, and the actions that were dropped; empty if the terminal cannot move its cursor
     * @throws IOException if the terminal has gone
     */
    public Optional<List<String>> show() throws IOException {
        HeldOutput held = HeldOutput.begin();
        Thread farewell = new Thread(() -> endAtOnce(held), "experimaestro-view-end");
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            Optional<TerminalView> view = TerminalView.open(client, options);
            if (view.isEmpty()) {
                return Optional.empty();
            }
            shown = view.get();
            String left = view.get().show();
            return Optional.of(Stream.concat(Stream.of(left), dropped()).toList());
        } finally {
            giveBack(held);
            removeHook(farewell);
        }
    }

    /** Drops the actions that were confirmed and wait, and tells of them. */
    private Stream<String> dropped() {
        return api.dropNoted().sentences("You left").stream();
    }

    /** Gives the terminal back before what was held is printed on it. */
    private void giveBack(HeldOutput held) {
        TerminalView view = shown;
        if (view != null) {
            view.giveBack();
        }
        held.close();
    }

    /** Ends the view with the process. A program on another host would end as well, but not the connection to it. */
    private void endAtOnce(HeldOutput held) {
        giveBack(held);
        api.close();
    }

    private static void removeHook(Thread farewell) {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException endsAnyway) {
            return; // the hook has run
        }
    }

    /**
     * Returns the first screen as plain text.
     *
     * @return its lines
     * @throws WorkspaceException if the workspace cannot be read
     */
    public List<String> plainLines() {
        try {
            return PlainView.lines(client, options, USUAL_COLUMNS);
        } catch (RefusedQuestion refused) {
            throw WorkspaceException.of(refused.problem().error())
                    .advice(refused.problem().advice().orElse("look at the workspace with runs list"))
                    .build();
        }
    }

    /** Ends the view, if it is shown, and the reading of the workspace. */
    @Override
    public void close() {
        TerminalView view = shown;
        if (view != null) {
            view.close();
        }
        api.close();
    }
}
