package org.experimaestro.cli.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.RunFolder;

/** A search for the run that a user's text names, whether it goes on or not. */
public final class RunName {
    /** The help for a run as an argument. */
    public static final String DESCRIPTION =
            "EXPERIMENT/RUN, such as grid/20260131-120000 or grid/latest; or the run's name, or its first digits; or the"
                    + " experiment or its YAML file: its last run.";

    private static final int MOST_SHOWN = 5;
    private static final String LAST = "/" + PageView.LATEST;

    private RunName() {}

    /**
     * Finds the run; of an experiment, its last run.
     *
     * @throws WorkspaceException if there is no such run, or several runs may be meant
     */
    public static RunView find(JobsView view, String name) {
        List<RunView> runs = view.runs();
        String experiment = experiment(name);
        return runs.reversed().stream()
                .filter(run -> run.folder().experiment().equals(experiment))
                .findFirst()
                .or(() -> named(runs, RunView::folder, name))
                .orElseThrow(() -> missing(runs, RunView::folder, name));
    }

    /** Returns the experiment whose last run a text names, if it names one so: the text itself, or that before {@code /latest}. */
    static String experiment(String text) {
        return text.endsWith(LAST) ? text.substring(0, text.length() - LAST.length()) : text;
    }

    /**
     * Finds the run that a text names.
     *
     * @param runs all runs
     * @param text the run's name, with its experiment or without, or the beginning of either
     * @return empty if there is none
     * @throws WorkspaceException if several runs may be meant
     */
    static <R> Optional<R> named(List<R> runs, Function<R, RunFolder> folder, String text) {
        List<R> exact = select(runs, folder, text::equals);
        List<R> found = exact.isEmpty() ? select(runs, folder, name -> isBeginning(text, name)) : exact;
        if (found.size() > 1) {
            throw WorkspaceException.of(found.size() + " runs may be meant by \"" + text + "\"")
                    .advice("name one of them: "
                            + found.stream()
                                    .limit(MOST_SHOWN)
                                    .map(run -> folder.apply(run).qualifiedName())
                                    .collect(Collectors.joining(", ", "", found.size() > MOST_SHOWN ? ", …" : "")))
                    .build();
        }
        return found.stream().findFirst();
    }

    /** A beginning has a digit of the run's name at least, so that it is not that of an experiment alone. */
    private static boolean isBeginning(String text, String name) {
        int first = text.lastIndexOf('/') + 1;
        return first < text.length() && Character.isDigit(text.charAt(first)) && name.startsWith(text);
    }

    private static <R> List<R> select(List<R> runs, Function<R, RunFolder> folder, Predicate<String> accepts) {
        return runs.stream()
                .filter(run -> accepts.test(folder.apply(run).qualifiedName())
                        || accepts.test(folder.apply(run).name()))
                .toList();
    }

    /** Returns the error that there is no such run. */
    static <R> WorkspaceException missing(List<R> runs, Function<R, RunFolder> folder, String text) {
        List<RunFolder> all = runs.stream().map(folder).toList();
        String advice = NearName.advice(
                        text, all.stream().map(RunFolder::qualifiedName).toList())
                .or(() -> all.reversed().stream()
                        .filter(run -> text.startsWith(run.experiment() + "/"))
                        .findFirst()
                        .map(run -> "the last run of " + run.experiment() + " is " + run.name()))
                .orElse("list the runs with: experimaestro runs list");
        return WorkspaceException.of("There is no run \"" + text + "\"")
                .advice(advice)
                .build();
    }
}
