package org.experimaestro.web.api;

import java.util.List;
import java.util.Map;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.web.http.Query;

/** An experiment: its runs. */
final class ExperimentResource implements Resource {
    /**
     * The answer.
     *
     * @param name the name of the experiment
     * @param runs its runs, the newest first
     */
    record Answer(String name, List<RunLine> runs) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        JobsView view = monitored.view();
        List<RunView> runs = Selection.runs(view, path.getOrDefault("experiment", ""));
        return new Answer(
                runs.getFirst().folder().experiment(),
                runs.reversed().stream().map(run -> monitored.line(view, run)).toList());
    }
}
