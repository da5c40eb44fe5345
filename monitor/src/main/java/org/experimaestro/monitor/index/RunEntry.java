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
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;
import org.jspecify.annotations.Nullable;

/**
 * A run in the index. Its lists grow at their ends, so only their new parts are read. Confined to the holder of the
 * index's lock.
 */
final class RunEntry {
    /** The time after which a run without new writes and without a recorded end is read only in its turn. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    private final RunFolder folder;
    private final Submissions all;
    private final Stamped jobs = new Stamped();
    private final Stamped journal = new Stamped();
    private final Stamped description = new Stamped();
    private final List<RunSubmission> submissions = new ArrayList<>();
    private Map<String, Object> described = Map.of();
    /** The identity of the file in which {@link #jobsEnd} is an offset. */
    private String jobsKey = "";

    private long jobsEnd;
    private String journalKey = "";
    private long journalEnd;
    private String fault = "";
    private String problem = "";
    private boolean isFollowed = true;
    private RunState state = RunState.UNKNOWN;
    /** True once all files were read after the death of the run's process, so that the process writes nothing more. */
    private boolean isDead;

    /** The jobs that the run has before it by its journal. They count in {@link #all} while the run goes on. */
    private final Set<String> waiting = new HashSet<>();

    private boolean isGoingOn;

    /** The number of submissions that the copy in the cache has. */
    private int storedSubmissions;

    private @Nullable RunView view;

    /**
     * Creates an entry for a run that was not read yet.
     *
     * @param folder the run's folder
     * @param all receives the run's submissions
     */
    RunEntry(RunFolder folder, Submissions all) {
        this.folder = folder;
        this.all = all;
    }

    RunFolder folder() {
        return folder;
    }

    /** Returns the view of the run, the same object until the run changes. */
    RunView view() {
        RunView known = view;
        if (known == null) {
            known = new RunView(folder, described, List.copyOf(submissions));
            view = known;
        }
        return known;
    }

    /** Returns the problem of reading the run's jobs; may be empty. */
    String problem() {
        return problem;
    }

    /**
     * Returns whether the run must be read at each refresh: it may still submit jobs, or its files may have changed
     * without a change of their stamps. The latest run of an experiment counts until it has recorded its end or its
     * process is known to be dead, other runs until they are silent.
     */
    boolean isLive(Clock clock, boolean isLatest) {
        return !isOver() && !isDead && (isLatest || !isSilent(clock)) || !isSettled();
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
     * Reads the new parts of the run's files.
     *
     * @param clock the clock that is compared with the times of files
     * @param resubmitted receives the names of the jobs of which the run says something else
     * @param named receives the names of the jobs in new events of the journal; {@code null} if all jobs are read
     *     afterwards anyway
     * @return whether the run's view has changed
     */
    boolean look(Clock clock, Set<String> resubmitted, @Nullable Set<String> named) {
        boolean wasDead = state == RunState.DIED;
        // The description comes first, because a run writes nothing after it has recorded its end there.
        boolean isDescribed = mustRead(description, folder.descriptionFile(), clock) && readDescription();
        boolean hasJobs = mustRead(jobs, folder.jobsFile(), clock) && readJobs(resubmitted);
        isFollowed &= named != null || !isOver();
        boolean hasEvents = isFollowed
                && mustRead(journal, folder.journalFile(), clock)
                && readJournal(named == null ? new HashSet<>() : named, resubmitted);
        isFollowed = !isOver();
        boolean hasState = readState();
        count(state == RunState.RUNNING, resubmitted);
        isDead = wasDead && state == RunState.DIED;
        return hasState || isDescribed || hasJobs || hasEvents;
    }

    /** Returns whether the state has changed. The process of a run may be killed, which changes no file. */
    private boolean readState() {
        RunState before = state;
        state = new RunView(folder, described, List.of()).state();
        return state != before;
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
            // The reader of the run's jobs, which are in another file, reports this.
            members.clear();
        }
        described = members;
        view = null;
        return !before.equals(described);
    }

    /**
     * Reads the list of jobs from the end of its known part. The whole list is read if it is another file now, or if
     * its first faulty line has changed.
     */
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
            // The message gives the number of the faulty line, which requires reading from the beginning.
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
     * @param jobs the jobs before the end of the file or the first faulty line
     * @param end the offset after these jobs
     * @param fault the reason why a line is faulty; may be empty
     * @param problem the fault with its place; may be empty
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

    private void forgetSubmissions(Set<String> touched) {
        submissions.forEach(submission -> {
            all.remove(submission);
            touched.add(submission.job());
        });
        submissions.clear();
        storedSubmissions = 0;
        view = null;
    }

    /** Reads the new events of the journal; returns whether there are any. */
    private boolean readJournal(Set<String> named, Set<String> touched) {
        long before = journalEnd;
        if (journalEnd > size(journal) || !journalKey.equals(key(journal))) {
            journalEnd = 0;
            boolean wasGoingOn = isGoingOn;
            count(false, touched);
            waiting.clear();
            count(wasGoingOn, touched);
        }
        journalKey = key(journal);
        try {
            journalEnd = folder.readEvents(journalEnd, event -> {
                named.add(event.job());
                add(event, touched);
            });
        } catch (WorkspaceException corrupt) {
            // The view of the workspace does without these lines; the jobs are read in turn.
            journalEnd = Math.max(journalEnd, size(journal));
        }
        return journalEnd != before;
    }

    /** Adds a line to what the run has before it: a job that waits, until its attempt is there or it has ended. */
    private void add(RunEvent event, Set<String> touched) {
        String job = event.job();
        boolean hasChanged = switch (event.phase()) {
            case "WAITING", "READY" -> waiting.add(job);
            case "RUNNING" -> event.attempt().isPresent() && waiting.remove(job);
            default -> waiting.remove(job);
        };
        if (hasChanged && isGoingOn) {
            count(job, waiting.contains(job), touched);
        }
    }

    /** Counts the jobs that the run has before it, which are none once it has ended or died. */
    private void count(boolean goesOn, Set<String> touched) {
        if (goesOn != isGoingOn) {
            isGoingOn = goesOn;
            waiting.forEach(job -> count(job, goesOn, touched));
        }
    }

    private void count(String job, boolean isAwaited, Set<String> touched) {
        if (isAwaited) {
            all.await(job);
        } else {
            all.release(job);
        }
        touched.add(job);
    }

    /** Removes all that the run says of jobs from what all runs say. */
    void remove(Set<String> touched) {
        count(false, touched);
        forgetSubmissions(touched);
    }

    /**
     * Restores what an earlier process read.
     *
     * @return false if the run is still to be read, because its files have changed or may change; only what follows the
     *     known part of its list of jobs is read then, if that is still there
     */
    boolean restore(IndexedRun earlier) {
        FileStamp descriptionStamp = earlier.descriptionStamp();
        FileStamp jobsStamp = earlier.jobsStamp();
        boolean isWhole = descriptionStamp != null
                && jobsStamp != null
                && description.restore(descriptionStamp, folder.descriptionFile(), LinkOption.NOFOLLOW_LINKS)
                && jobs.restore(jobsStamp, folder.jobsFile(), LinkOption.NOFOLLOW_LINKS);
        if (!isWhole) {
            forget();
            if (!earlier.jobs().isIn(folder.jobsFile())) {
                return false;
            }
        }
        jobsKey = earlier.jobs().key();
        jobsEnd = earlier.jobs().end();
        add(earlier.submissions(), new HashSet<>());
        storedSubmissions = submissions.size();
        if (isWhole) {
            described = earlier.description();
            view = null;
            readState();
            isFollowed = false;
        }
        return isWhole;
    }

    /** Marks all files to be read at the next look. */
    void forget() {
        jobs.forget();
        journal.forget();
        description.forget();
        jobsEnd = 0;
    }

    /** Returns the number of submissions that a copy in the cache would have more than the last one. */
    int worthStoring() {
        return canBeStored() ? submissions.size() - storedSubmissions : 0;
    }

    private boolean canBeStored() {
        return problem.isEmpty() && jobs.stamp() != null && (jobsEnd > 0 || isFinal());
    }

    /** Returns whether nothing of the run needs to be read again while the stamps of its files are unchanged. */
    private boolean isFinal() {
        return isOver() && isSettled() && description.stamp() != null;
    }

    /** Returns the entry for the copy in the cache; {@code null} if another process could not rely on it. */
    @Nullable
    IndexedRun toStore() {
        if (!canBeStored()) {
            return null;
        }
        KnownPart known;
        try {
            known = KnownPart.of(folder.jobsFile(), jobsKey, jobsEnd);
        } catch (IOException unreadable) {
            return null;
        }
        storedSubmissions = submissions.size();
        return new IndexedRun(
                folder.experiment(),
                folder.name(),
                isFinal() ? description.stamp() : null,
                isFinal() ? jobs.stamp() : null,
                known,
                described,
                List.copyOf(submissions));
    }
}
