package org.experimaestro.workspace;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.host.HostIdentity;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;

/** A check that no job and no run is active in a workspace of format 1, because it would write files of that format. */
final class LivingParts {
    private static final int NAMED = 10;
    /** The precision of a process's start. A run records its own start shortly after that of its process. */
    private static final long TOLERANCE_MILLIS = 2_000;

    private final Workspace workspace;
    private final boolean runsHaveEnded;

    LivingParts(Workspace workspace, boolean runsHaveEnded) {
        this.workspace = workspace;
        this.runsHaveEnded = runsHaveEnded;
    }

    /**
     * Requires that no job and no run is active.
     *
     * @throws WorkspaceException if one is, or a run of another host may be; the message names up to 10 of them
     */
    void requireNone() {
        List<String> alive = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        for (JobFolder job : workspace.jobs()) {
            JobStatus status = job.status();
            if (status.isActive()) {
                alive.add(job.name() + " (" + describe(status) + ")");
            }
        }
        for (ExperimentFolder experiment : workspace.experiments()) {
            for (RunFolder run : experiment.runs()) {
                look(run, alive, unseen);
            }
        }
        if (!alive.isEmpty()) {
            throw refusal(
                    "these go on: " + named(alive),
                    "wait for their end, or end them with the version of Experimaestro that has started them");
        }
        if (!unseen.isEmpty() && !runsHaveEnded) {
            throw refusal(
                    "these runs have not written their end, and cannot be seen from here: " + named(unseen),
                    "look at their hosts; once none of them goes on, add --runs-have-ended");
        }
    }

    private WorkspaceException refusal(String reason, String advice) {
        return WorkspaceException.of("Cannot convert the workspace " + workspace.root() + " while " + reason)
                .advice(advice)
                .build();
    }

    private static String named(List<String> texts) {
        int more = texts.size() - NAMED;
        return String.join(", ", texts.subList(0, Math.min(NAMED, texts.size())))
                + (more > 0 ? ", and " + more + " more" : "");
    }

    private static String describe(JobStatus status) {
        String state = status.state().name().toLowerCase(Locale.ROOT);
        Optional<BatchJobReference> handover = status.findBatchJob();
        if (handover.isPresent()) {
            return state + ", " + handover.get();
        }
        return status instanceof JobStatus.Running running ? state + ", " + running.process() : state;
    }

    private static void look(RunFolder run, List<String> alive, List<String> unseen) {
        try {
            JsonObject json = JsonFile.read(run.path().resolve(RunFolder.DESCRIPTION), JsonFile.LARGE_BYTES);
            if (!FormatOne.isOld(json) || RunFolder.hasEnded(json.keys())) {
                return;
            }
            String text = "run " + run.qualifiedName() + " (process " + json.integer("pid") + " on "
                    + json.string("host") + ")";
            if (!json.string("host").equals(HostIdentity.current().name())) {
                unseen.add(text);
            } else if (isAlive(json.integer("pid"), FormatOne.startOf(json))) {
                alive.add(text);
            }
        } catch (IOException | JsonException unreadable) {
            // The conversion reports it.
        }
    }

    /** Returns whether the run's process is alive. A process that began after the run has only the same number. */
    private static boolean isAlive(long pid, long runStarted) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        Instant start = process.flatMap(handle -> handle.info().startInstant()).orElse(Instant.EPOCH);
        return process.isPresent() && start.toEpochMilli() <= runStarted + TOLERANCE_MILLIS;
    }
}
