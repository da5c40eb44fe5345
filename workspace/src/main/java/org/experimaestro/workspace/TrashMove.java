package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The moves of jobs and runs to one entry of the trash, by the process that changes the trash. Confined to one thread. */
final class TrashMove {
    /**
     * The beginning of what is in the place of a run in the file of an attempt that only moves its job to the trash. The
     * name of a run has a slash.
     */
    private static final String CLEANING = "cleaning ";

    private final Path root;
    private final Path entry;
    private final ProcessIdentity self = ProcessIdentity.current();

    TrashMove(Path root, Path entry) {
        this.root = root;
        this.entry = entry;
    }

    /** Moves a job, as {@link TrashChange#move(JobFolder, JobStatus, Path)} does. */
    void move(JobFolder job, JobStatus expected) {
        Path target = entry.resolve(root.relativize(job.path()));
        Attempt claimed = null;
        try {
            requireMovable(job);
            Optional<JobFolder> former = job.findFormer();
            Optional<Path> elsewhere = ElsewhereLink.find(job);
            if (former.isPresent() || elsewhere.isPresent()) {
                // The files stay, so there is nothing to move.
                requireUnchanged(job, expected);
                boolean isRemoved = former.isPresent()
                        ? FormerLink.remove(job, former.get())
                        : ElsewhereLink.remove(job, elsewhere.get());
                if (!isRemoved) {
                    throw changed(job, expected, job.status());
                }
                return;
            }
            OwnFolders.make(root, target.resolveSibling(""));
            claimed = claim(job, expected);
            Folders.rename(job.path(), target);
        } catch (IOException failed) {
            giveUp(claimed);
            throw unmoved(job.name(), job.path(), failed);
        }
        // The claim stays until the job is moved back: a run that is just creating the same attempt must not succeed.
    }

    private static void requireUnchanged(JobFolder job, JobStatus expected) {
        JobStatus found = job.status();
        if (!found.equals(expected)) {
            throw changed(job, expected, found);
        }
    }

    private void requireMovable(JobFolder job) throws IOException {
        if (!job.workspace().equals(root)) {
            throw refused(job.name(), "it is a job of another workspace, " + job.workspace(), null);
        }
        if (!Files.exists(job.path(), LinkOption.NOFOLLOW_LINKS)) {
            throw refused(job.name(), "it has no folder any more", null);
        }
        Optional<String> link = job.findDoubtfulLink();
        if (link.isPresent()) {
            throw refused(job.name(), "its folder is behind " + link.get(), null);
        }
        if (job.pin().find().isPresent()) {
            throw refused(job.name(), "it is pinned", "unpin it with: experimaestro jobs unpin " + job.name());
        }
    }

    /** Returns the claim; {@code null} if the job is done. */
    private @Nullable Attempt claim(JobFolder job, JobStatus expected) throws IOException {
        JobStatus found = job.status();
        if (!found.equals(expected)) {
            throw changed(job, expected, found);
        }
        if (found instanceof JobStatus.Done) {
            return null;
        }
        Claim claim = job.claim(self, CLEANING + entry.getFileName());
        if (claim instanceof Claim.Granted granted) {
            return granted.attempt();
        }
        JobStatus status = ((Claim.Refused) claim).status();
        if (status instanceof JobStatus.Done) {
            throw changed(job, expected, status);
        }
        if (status instanceof JobStatus.Corrupt) {
            throw refused(
                    job.name(),
                    "its state cannot be read, and it may run: " + status.message(),
                    "if it does not run, delete that file first");
        }
        throw refused(
                job.name(),
                "it is " + status.state().name().toLowerCase(Locale.ROOT),
                "end it with: experimaestro jobs kill " + job.name());
    }

    private static WorkspaceException changed(JobFolder job, JobStatus expected, JobStatus found) {
        return refused(
                job.name(),
                "it has changed since it was selected: it was " + word(expected) + ", and is " + word(found) + " now",
                "look at it again");
    }

    private static String word(JobStatus status) {
        String word = status.words();
        return status.lastAttempt().isPresent()
                ? word + " (attempt " + status.lastAttempt().getAsInt() + ")"
                : word;
    }

    private void giveUp(@Nullable Attempt claimed) {
        if (claimed != null) {
            try {
                claimed.giveUp(self, "the job was to be moved to the trash, which failed");
            } catch (IOException unwritten) {
                // The claim is over when this process has ended.
            }
        }
    }

    /**
     * Deletes the attempts that were only claims of cleanings, in a job's folder in the trash, also those of processes
     * that were killed. No process has run in them.
     */
    static void forgetClaims(Path folder) throws IOException {
        JobFolder job = JobFolder.at(folder);
        for (int number : job.attempts()) {
            if (isClaim(job, number)) {
                Files.deleteIfExists(job.processFile(number));
                Files.deleteIfExists(job.failureMarker(number));
                Files.deleteIfExists(job.attemptFile(number)); // last, because it is what is looked for
            }
        }
    }

    /** Returns whether an attempt was only the claim of a cleaning. */
    static boolean isClaim(JobFolder job, int attempt) throws IOException {
        String run = job.readAttempt(attempt).string("run");
        return run.startsWith(CLEANING) && run.indexOf('/') < 0;
    }

    /** Moves a run, as {@link TrashChange#move(RunFolder, Path, boolean)} does. */
    void move(RunFolder run, boolean runsHaveEnded) {
        String name = "the run " + run.qualifiedName();
        try {
            Optional<String> link = OwnFolders.findDoubtfulLink(root, run.path());
            if (link.isPresent()) {
                throw refused(name, "its folder is behind " + link.get(), null);
            }
            requireEnded(run, name, runsHaveEnded);
            requireIdle(run, name, runsHaveEnded);
            Path target = entry.resolve(root.relativize(run.path()));
            OwnFolders.make(root, target.resolveSibling(""));
            Folders.rename(run.path(), target);
        } catch (IOException failed) {
            throw unmoved(name, run.path(), failed);
        }
    }

    private static void requireEnded(RunFolder run, String name, boolean runsHaveEnded) {
        RunState state;
        try {
            Optional<JsonObject> description = run.description();
            state = description.isPresent() ? RunState.of(description.get()) : RunState.UNKNOWN;
        } catch (JsonException | IllegalArgumentException damaged) {
            state = RunState.UNKNOWN;
        }
        if (state == RunState.RUNNING) {
            throw refused(name, "it goes on", "stop it with: experimaestro runs stop " + run.experiment());
        }
        if (state == RunState.UNKNOWN && !runsHaveEnded) {
            throw refused(
                    name,
                    "it has not recorded its end, and its process cannot be seen from here",
                    "once you know that it has ended, add --runs-have-ended");
        }
    }

    /** Requires that no action and no service of the run goes on, because it works in the folder of the run. */
    private static void requireIdle(RunFolder run, String name, boolean runsHaveEnded) {
        for (SideKind kind : SideKind.values()) {
            for (SideFolder folder : SideFolder.list(run, kind)) {
                for (SideProcess process : folder.processes()) {
                    SideStatus status = process.status();
                    boolean isElsewhere = status.state() == SideStatus.State.ELSEWHERE;
                    if (isElsewhere && !runsHaveEnded) {
                        throw refused(
                                name,
                                "its " + kind.word() + " " + folder.name()
                                        + " has not recorded its end, and its process cannot be seen from here",
                                "once you know that it has ended, add --runs-have-ended");
                    }
                    if (!isElsewhere && status.isActive()) {
                        throw refused(
                                name,
                                "its " + kind.word() + " " + folder.name() + " goes on",
                                kind == SideKind.SERVICE
                                        ? "stop it with: experimaestro services stop " + run.qualifiedName() + " "
                                                + folder.name()
                                        : "wait for its end");
                    }
                }
            }
        }
    }

    private static WorkspaceException unmoved(String name, Path path, IOException failed) {
        return failed instanceof AtomicMoveNotSupportedException
                ? refused(
                        name,
                        path.getParent() + " is on another file system than the trash",
                        "put a link named " + WorkspaceLayout.TRASH
                                + " into the workspace that leads to a folder on that file system")
                : refused(name, Failures.reason(failed), null);
    }

    private static WorkspaceException refused(String name, String reason, @Nullable String advice) {
        return WorkspaceException.of("Cannot move " + name + " to the trash: " + reason)
                .advice(advice)
                .build();
    }
}
