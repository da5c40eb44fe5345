package org.experimaestro.monitor.index;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.reason.Reasons;
import org.experimaestro.monitor.view.JobRow;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.SubmittedJobs;
import org.experimaestro.workspace.Workspace;

/** What views answer: the rows of random filters, and why each job waits or has failed. A line for each row and reason. */
final class Answers {
    private static final List<String> TESTS = List.of(
            "state=done",
            "state=failed,running",
            "state=new",
            "n=1",
            "n=0..1",
            "text=x",
            "lr=..",
            "map>0.5",
            "nan=NaN",
            "loss<0.5",
            "param.x>0",
            "experiment=grid",
            "experiment=grid-2,other",
            "run~grid/",
            "type=a",
            "id=00",
            "attempt>1",
            "cause=exception",
            "error~no",
            "age<1h",
            "time>1min",
            "pinned=no",
            "host=..",
            "learn");

    private final Workspace workspace;
    private final Random random;

    Answers(Workspace workspace, long seed) {
        this.workspace = workspace;
        this.random = new Random(seed);
    }

    /** Returns some filters, whose names may be unknown. */
    List<String> filters() {
        List<String> filters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            filters.add(filter(random.nextInt(3)));
        }
        return filters;
    }

    private String filter(int depth) {
        if (depth == 0) {
            return TESTS.get(random.nextInt(TESTS.size()));
        }
        return switch (random.nextInt(3)) {
            case 0 -> "not (" + filter(depth - 1) + ")";
            case 1 -> "(" + filter(depth - 1) + ") or (" + filter(depth - 1) + ")";
            default -> "(" + filter(depth - 1) + ") and (" + filter(depth - 1) + ")";
        };
    }

    List<String> of(JobsView stored, List<String> filters, Instant now) {
        List<String> lines = new ArrayList<>();
        JobsView view = SubmittedJobs.addTo(workspace, stored);
        for (String text : filters) {
            try {
                Filter.parse(text).rows(view, now).forEach(row -> lines.add(text + ": " + line(row)));
            } catch (WorkspaceException unknownName) {
                lines.add(text + ": " + unknownName.getMessage());
            }
        }
        Reasons reasons = new Reasons(workspace, view);
        for (JobView job : view.jobs()) {
            lines.add(job.name() + ": " + reasons.find(job));
        }
        return lines;
    }

    private static String line(JobRow row) {
        return row.job().name() + " " + row.tags() + " " + row.runs() + " "
                + row.job().state();
    }
}
