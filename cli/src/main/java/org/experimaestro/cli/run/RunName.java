package org.experimaestro.cli.run;

import java.util.List;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;

/** A search for the run that a user's text names, whether it goes on or not. */
final class RunName {
    static final String DESCRIPTION = "EXPERIMENT/RUN, such as grid/20260131-120000; or the experiment: its last run.";

    private RunName() {}

    /**
     * Finds the run.
     *
     * @throws WorkspaceException if there is no such run
     */
    static RunView find(JobsView view, String name) {
        List<RunView> runs = view.runs();
        return runs.reversed().stream()
                .filter(run ->
                        run.folder().experiment().equals(name) || full(run).equals(name))
                .findFirst()
                .orElseThrow(() -> WorkspaceException.of("There is no run \"" + name + "\"")
                        .advice(NearName.advice(
                                        name, runs.stream().map(RunName::full).toList())
                                .orElse("list the runs with: experimaestro runs list"))
                        .build());
    }

    static String full(RunView run) {
        return run.folder().experiment() + "/" + run.folder().name();
    }
}
