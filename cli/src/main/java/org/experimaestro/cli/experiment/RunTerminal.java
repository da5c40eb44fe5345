package org.experimaestro.cli.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.experimaestro.cli.api.LocalApi;
import org.experimaestro.cli.web.WorkspaceTerminal;
import org.experimaestro.engine.ExperimentSetup;
import org.experimaestro.workspace.Workspace;

/** The view of a run in the terminal of its process, in place of the live line. The run goes on when the view is left. */
final class RunTerminal implements AutoCloseable {
    private final WorkspaceTerminal terminal;
    private final RunConsole console;
    private final Thread thread;

    private RunTerminal(WorkspaceTerminal terminal, RunConsole console) {
        this.terminal = terminal;
        this.console = console;
        this.thread = Thread.ofPlatform().daemon().name("experimaestro-view").unstarted(this::show);
    }

    /** Begins to show the run. */
    static RunTerminal start(ExperimentSetup setup, RunConsole console) {
        RunTerminal view = new RunTerminal(
                WorkspaceTerminal.of(
                        LocalApi.open(Workspace.view(setup.workspace()), false),
                        Optional.of(setup.name() + "/latest"),
                        Optional.empty(),
                        true),
                console);
        view.thread.start();
        return view;
    }

    private void show() {
        console.hideLive();
        List<String> farewell;
        try {
            farewell =
                    terminal.show().orElse(List.of("This terminal cannot show the view: it cannot move its cursor."));
        } catch (IOException | RuntimeException failed) {
            farewell = List.of("The view has ended, and the run goes on: " + failed);
        }
        console.unhideLive(farewell);
    }

    /** Ends the view, if it was not left before, when the run has ended. */
    @Override
    public void close() {
        terminal.close();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
