package org.experimaestro.monitor.index;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.FileStamp;
import org.experimaestro.monitor.view.RunSubmission;
import org.experimaestro.monitor.view.RunView;
import org.experimaestro.workspace.RunFolder;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of a run. Its lists grow, and are read from where they ended the last time. Confined to the holder of
 * the index's lock.
 */
final class RunEntry {
    /** A run that has not said that it ended, and is silent for so long, is looked at now and then only. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final RunFolder folder;
    private final Submissions all;
    private final Stamped jobs = new Stamped();
    private final Stamped journal = new Stamped();
    private final Stamped description = new Stamped();
    private final List<RunSubmission> submissions = new ArrayList<>();
    private Map<String, Object> described = Map.of();
    /** The file of which {@link #jobsEnd} is an offset. */
    private String jobsKey = "";

    private long jobsEnd;
    private String journalKey = "";
    private long journalEnd;
    private String fault = "";
    private String problem = "";
    private boolean isFollowed = true;
    private @Nullable RunView view;

    /**
     * A run that was not read yet.
     *
     * @param all gets its submissions
     */
    RunEntry(RunFolder folder, Submissions all) {
        this.folder = folder;
        this.all = all;
    }

    RunFolder folder() {
        return folder;
    }

    /** The same as long as nothing changes. */
    RunView view() {
        RunView known = view;
        if (known == null) {
            known = new RunView(folder, described, List.copyOf(submissions));
            view = known;
        }
        return known;
    }

    /** What cannot be read of its jobs, or an empty text. */
    String problem() {
        return problem;
    }

    /** Whether it may still submit jobs, or tell of them: the latest of its experiment as long as it has not said its end. */
    boolean isLive(Clock clock, boolean isLatest) {
        return !isOver() && (isLatest || !isSilent(clock)) || !isSettled();
    }

    private boolean isOver() {
        return RunFolder.hasEnded(described.keySet());
    }

    private boolean isSettled() {
        return jobs.isSettled() && description.isSettled();
    }

    private boolean isSilent(Clock clock) {
        long since = clock.millis() - SILENCE.toMillis();
        return isOlder(jobs.stamp(), since) && isOlder(journal.stamp(), since) && isOlder(description.stamp(), since);
    }

    private static boolean isOlder(@Nullable FileStamp stamp, long millis) {
        return stamp == null || TimeUnit.NANOSECONDS.toMillis(stamp.modified()) < millis;
    }

    /**
     * Looks at the run again, and reads what is new.
     *
     * @param resubmitted gets the names of the jobs that it has submitted since the last look
     * @param named gets the names of the jobs that it tells of; {@code null} where all jobs are read after it anyway
     * @return whether something that is shown of the run has changed
     */
    boolean look(Clock clock, Set<String> resubmitted, @Nullable Set<String> named) {
        // First whether it is over: after that it writes nothing more.
        boolean isDescribed = mustRead(description, folder.descriptionFile(), clock) && readDescription();
        boolean hasJobs = mustRead(jobs, folder.jobsFile(), clock) && readJobs(resubmitted);
        isFollowed &= named != null || !isOver();
        if (isFollowed && mustRead(journal, folder.journalFile(), clock)) {
            readJournal(named == null ? new HashSet<>() : named);
        }
        isFollowed = !isOver();
        return isDescribed || hasJobs;
    }

    private static boolean mustRead(Stamped stamped, Path file, Clock clock) {
        try {
            return stamped.mustRead(file, clock, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException unseen) {
            return true;
        }
    }

    private boolean readDescription() {
        Map<String, Object> before = described;
        Map<String, Object> members = new LinkedHashMap<>();
        try {
            folder.description().ifPresent(json -> {
                for (String key : json.keys()) {
                    Object value = json.raw(key);
                    if (value != null) {
                        members.put(key, value);
                    }
                }
            });
        } catch (WorkspaceException unreadable) {
            // The jobs of the run are in another file, whose reader reports that.
            members.clear();
        }
        described = members;
        view = null;
        return !before.equals(described);
    }

    /** Reads on where the list ended the last time, or had a fault; or all of it, if it is another file now. */
    private boolean readJobs(Set<String> resubmitted) {
        boolean isSame = jobsEnd > 0 && jobsEnd <= size(jobs) && jobsKey.equals(key(jobs));
        jobsKey = key(jobs);
        if (isSame) {
            Reading further = read(jobsEnd);
            boolean isFew = submissions.size() + further.jobs().size() <= RunFolder.MOST_JOBS;
            if (isFew && fault.isEmpty() && further.fault().isEmpty()) {
                jobsEnd = further.end();
                add(further.jobs(), resubmitted);
                return !further.jobs().isEmpty();
            }
            if (further.jobs().isEmpty() && further.fault().equals(fault)) {
                return false;
            }
            // The line of a fault counts from the beginning of the file: it is read from there.
        }
        Reading all = read(0);
        boolean isNew = !all.jobs().equals(submissions) || !all.problem().equals(problem);
        jobsEnd = all.end();
        fault = all.fault();
        problem = all.problem();
        if (!all.jobs().equals(submissions)) {
            forgetSubmissions(resubmitted);
            add(all.jobs(), resubmitted);
        }
        return isNew;
    }

    /**
     * A part of the list of jobs.
     *
     * @param jobs those before its end, or its first fault
     * @param end the offset after them
     * @param fault the reason of the fault, or an empty text
     * @param problem the fault with its place, or an empty text
     */
    private record Reading(List<RunSubmission> jobs, long end, String fault, String problem) {}

    private Reading read(long offset) {
        List<RunSubmission> found = new ArrayList<>();
        long[] end = {offset};
        try {
            folder.readJobs(offset, (job, next) -> {
                found.add(submission(job));
                end[0] = next;
            });
            return new Reading(found, end[0], "", "");
        } catch (WorkspaceException corrupt) {
            return new Reading(found, end[0], String.valueOf(corrupt.getCause()), String.valueOf(corrupt.getMessage()));
        }
    }

    private static String key(Stamped stamped) {
        FileStamp stamp = stamped.stamp();
        return stamp == null ? "" : stamp.key();
    }

    private static long size(Stamped stamped) {
        FileStamp stamp = stamped.stamp();
        return stamp == null ? 0 : stamp.size();
    }

    private RunSubmission submission(RunFolder.SubmittedJob job) {
        return all.shared(
                folder.experiment(), folder.name(), job.typeId() + "/" + job.id(), job.tags(), job.dependencies());
    }

    private void add(Collection<RunSubmission> added, Set<String> touched) {
        view = null;
        for (RunSubmission submission : added) {
            submissions.add(submission);
            all.add(submission);
            touched.add(submission.job());
        }
    }

    /** Takes its submissions from those of all runs. */
    void forgetSubmissions(Set<String> touched) {
        submissions.forEach(submission -> {
            all.remove(submission);
            touched.add(submission.job());
        });
        submissions.clear();
        view = null;
    }

    private void readJournal(Set<String> named) {
        if (journalEnd > size(journal) || !journalKey.equals(key(journal))) {
            journalEnd = 0;
        }
        journalKey = key(journal);
        try {
            journalEnd = folder.readEvents(journalEnd, event -> named.add(event.job()));
        } catch (WorkspaceException corrupt) {
            // It only says where to look first: what it does not say is found in turn.
            journalEnd = Math.max(journalEnd, size(journal));
        }
    }

    /** Takes what an earlier process has read, if the files have not changed since. */
    boolean restore(IndexedRun earlier) {
        if (!description.restore(earlier.descriptionStamp(), folder.descriptionFile(), LinkOption.NOFOLLOW_LINKS)
                || !jobs.restore(earlier.jobsStamp(), folder.jobsFile(), LinkOption.NOFOLLOW_LINKS)) {
            forget();
            return false;
        }
        described = earlier.description();
        view = null;
        jobsKey = earlier.jobsStamp().key();
        jobsEnd = earlier.jobsStamp().size();
        add(earlier.submissions(), new HashSet<>());
        isFollowed = false;
        return true;
    }

    /** Has everything read again at the next look. */
    void forget() {
        jobs.forget();
        journal.forget();
        description.forget();
        jobsEnd = 0;
    }

    /** What another process may take over as long as the files are the same: {@code null} while it goes on. */
    @Nullable
    IndexedRun toStore() {
        FileStamp described = description.stamp();
        FileStamp listed = jobs.stamp();
        return described == null || listed == null || !isOver() || !isSettled() || !problem.isEmpty()
                ? null
                : new IndexedRun(
                        folder.experiment(),
                        folder.name(),
                        described,
                        listed,
                        this.described,
                        List.copyOf(submissions));
    }
}
