package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.Workspace;

/** The command lines that print the same as answers, or do the same as actions, for a shell. */
final class CommandTexts {
    private final String workdir;

    /**
     * Creates the commands of a workspace.
     *
     * @param workspace the workspace
     */
    CommandTexts(Workspace workspace) {
        this.workdir = workspace.root().toString();
    }

    /**
     * Returns a command.
     *
     * @param command the names of the command, such as {@code trash list}
     * @param arguments its options and arguments, without quotes
     * @return the command for a shell
     */
    String of(String command, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of("experimaestro"));
        words.addAll(List.of(command.split(" ")));
        words.addAll(List.of("--workdir", workdir));
        words.addAll(arguments);
        return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
    }

    /** Returns the command that shows a run. */
    String show(RunView run) {
        return of("runs show", List.of(name(run)));
    }

    /** Returns a command on one job, such as {@code jobs show}. */
    String job(String command, JobView job) {
        return of(command, List.of(job.name()));
    }

    /** Returns the command that lists selected jobs in an order. */
    String list(Selection selection, List<String> sort) {
        return ofSelected(
                "jobs list", sort.isEmpty() ? List.of() : List.of("--sort=" + String.join(",", sort)), selection);
    }

    /** Returns a command on selected jobs, such as {@code table}. */
    String ofSelected(String command, List<String> options, Selection selection) {
        Filter filter = selection
                .run()
                .map(run -> Filter.ofRun(run.folder().experiment(), run.folder().name()))
                .orElse(Filter.ALL)
                .and(selection.filter());
        List<String> arguments = new ArrayList<>(options);
        if (!filter.equals(Filter.ALL)) {
            arguments.add(filter.toString());
        }
        return of(command, arguments);
    }

    private static String name(RunView run) {
        return run.folder().experiment() + "/" + run.folder().name();
    }
}
