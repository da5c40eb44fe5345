package org.experimaestro.web.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.http.Query;

/** The whole workspace: its experiments, and what is wrong with its files. */
final class WorkspaceResource implements Resource {

    /**
     * An experiment in a list.
     *
     * @param name its name
     * @param runs the number of its runs
     * @param latest its latest run
     */
    record ExperimentLine(String name, int runs, RunLine latest) {}

    /**
     * The answer.
     *
     * @param path the folder of the workspace
     * @param host the name of this machine
     * @param program the version of Experimaestro
     * @param readOnly whether the server refuses all actions
     * @param jobs the number of jobs
     * @param experiments the experiments with a run, the one with the newest run first
     * @param problems a sentence for each file that cannot be read
     * @param presets the filters that the user has named, by their names
     */
    record Answer(
            String path,
            String host,
            String program,
            boolean readOnly,
            int jobs,
            List<ExperimentLine> experiments,
            List<String> problems,
            Map<String, String> presets) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView view = monitored.view();
        Map<String, List<RunView>> runs = new LinkedHashMap<>();
        for (RunView run : view.runs()) {
            runs.computeIfAbsent(run.folder().experiment(), first -> new ArrayList<>())
                    .add(run);
        }
        List<ExperimentLine> experiments = new ArrayList<>();
        runs.forEach((name, all) ->
                experiments.add(new ExperimentLine(name, all.size(), monitored.line(view, all.getLast()))));
        experiments.sort(
                Comparator.comparing((ExperimentLine line) -> line.latest().run())
                        .reversed());
        return new Answer(
                monitored.workspace().root().toString(),
                Monitored.host(),
                monitored.program(),
                monitored.readOnly(),
                view.jobs().size(),
                experiments,
                view.problems(),
                monitored.presets());
    }
}
