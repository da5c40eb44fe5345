package org.experimaestro.monitor.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.experimaestro.WorkspaceException;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.ActionDescription;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideStatus;

/**
 * The results and the code that actions and services use, which people can start at any time. Immutable.
 *
 * @param jobs the names of the jobs that actions need
 * @param code the names of the copies of code
 * @param problems sentences about declarations that cannot be read, so that less is known to be used
 */
public record SideUses(Set<String> jobs, Set<String> code, List<String> problems) {

    /** Copies the sets and the list. */
    public SideUses {
        jobs = Set.copyOf(jobs);
        code = Set.copyOf(code);
        problems = List.copyOf(problems);
    }

    /**
     * Finds what the runs of a view have declared.
     *
     * @param view the jobs and runs
     * @return the uses
     */
    public static SideUses of(JobsView view) {
        Set<String> jobs = new HashSet<>();
        Set<String> code = new HashSet<>();
        List<String> problems = new ArrayList<>();
        for (RunView run : view.runs()) {
            for (SideKind kind : SideKind.values()) {
                for (SideFolder folder : SideFolder.list(run.folder(), kind)) {
                    try {
                        if (kind == SideKind.ACTION) {
                            ActionDescription action = folder.action();
                            jobs.addAll(action.needs());
                            code.addAll(action.classPath());
                        } else {
                            code.addAll(folder.service().classPath());
                        }
                    } catch (WorkspaceException damaged) {
                        problems.add(String.valueOf(damaged.getMessage()));
                    }
                }
            }
        }
        return new SideUses(jobs, code, problems);
    }

    /**
     * Finds the executions that go on and need one of some jobs.
     *
     * @param view the jobs and runs
     * @param jobs the names of the jobs
     * @param runsHaveEnded whether executions whose processes cannot be seen from here count as ended
     * @return an action of each job that one needs, by the name of the job; an action that cannot be read needs none
     */
    public static Map<String, SideFolder> executing(JobsView view, Set<String> jobs, boolean runsHaveEnded) {
        Map<String, SideFolder> found = new HashMap<>();
        for (RunView run : view.runs()) {
            for (SideFolder action : SideFolder.list(run.folder(), SideKind.ACTION)) {
                List<String> needed =
                        needs(action).stream().filter(jobs::contains).toList();
                if (!needed.isEmpty() && isExecuting(action, runsHaveEnded)) {
                    needed.forEach(job -> found.put(job, action));
                }
            }
        }
        return found;
    }

    private static List<String> needs(SideFolder action) {
        try {
            return action.action().needs();
        } catch (WorkspaceException damaged) {
            return List.of(); // a damaged file of one run must not refuse every cleaning
        }
    }

    private static boolean isExecuting(SideFolder action, boolean runsHaveEnded) {
        return action.processes().stream().anyMatch(process -> {
            SideStatus status = process.status();
            return status.isActive() && !(runsHaveEnded && status.state() == SideStatus.State.ELSEWHERE);
        });
    }
}
