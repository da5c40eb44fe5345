package org.experimaestro.web.export;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.monitor.reason.ReasonGroup;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.web.file.LogEnd;
import org.experimaestro.workspace.JobStatus;

/** The ends of the logs of failed jobs, as many as the budget of an export holds. */
final class LogTails {
    /** The most bytes of one log. */
    static final int MOST_OF_JOB = 8 * 1024;

    /** The most bytes of all logs together. */
    static final int MOST = 1024 * 1024;

    private final Map<String, String> texts = new LinkedHashMap<>();
    private int failed;
    private int left = MOST;

    private LogTails() {}

    /** Reads the logs: first one of each group, so that each reason has one, then the second ones, and so on. */
    static LogTails of(List<ReasonGroup> groups) {
        LogTails tails = new LogTails();
        List<List<JobView>> lists = new ArrayList<>();
        groups.forEach(group -> lists.add(group.jobs().stream()
                .filter(job -> job.status() instanceof JobStatus.Failed)
                .toList()));
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<JobView> jobs : lists) {
                if (i < jobs.size()) {
                    tails.add(jobs.get(i));
                }
            }
        }
        return tails;
    }

    private void add(JobView job) {
        OptionalInt attempt = job.status().lastAttempt();
        if (attempt.isEmpty()) {
            return;
        }
        failed++;
        if (left <= 0) {
            return;
        }
        try {
            LogEnd.read(job.folder(), attempt.getAsInt(), Math.min(left, MOST_OF_JOB))
                    .ifPresentOrElse(
                            text -> {
                                texts.put(job.name(), text);
                                left -= text.length();
                            },
                            () -> failed--); // it has printed nothing, so nothing is left out
        } catch (IOException unreadable) {
            texts.put(job.name(), "The log cannot be read: " + unreadable.getMessage());
        }
    }

    /** Returns the ends by the names of their jobs. */
    Map<String, String> texts() {
        return texts;
    }

    /** Returns the number of failed jobs whose logs the budget did not hold. */
    int leftOut() {
        return failed - texts.size();
    }
}
