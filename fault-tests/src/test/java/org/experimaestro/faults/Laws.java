package org.experimaestro.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.token.TokenFolder;

/**
 * The laws of docs/reliability.md that hold after all faults, once a run without any has ended. That a job ran
 * twice is what the ledger shows, and that it is lost what the files of results show, too; only that an attempt has failed is
 * what the workspace itself says.
 */
final class Laws {
    private final Site site;
    private final List<String> broken = new ArrayList<>();
    private int silentEnds;
    private int drafts;
    private int removed;

    Laws(Site site) {
        this.site = site;
    }

    /** So many attempts may have ended without a word, and without a kill by the test. */
    Laws withSilentEnds(int most) {
        silentEnds = most;
        return this;
    }

    /** Writers could not delete so many files that they had begun, or reservations. */
    Laws withDrafts(int most) {
        drafts = most;
        return this;
    }

    /** The number of jobs whose outputs {@link #broken} has found removed. */
    int removed() {
        return removed;
    }

    /** The laws that are broken, each in words; empty if all hold. */
    List<String> broken() throws IOException, InterruptedException {
        List<Ledger.Line> lines = site.ledger().lines();
        for (Ledger.Line line : lines) {
            if (line.isBeside() && !site.harmed().contains(line.pid())) {
                broken.add("twice: " + line.name() + " ran beside its attempt " + line.attempt());
            }
        }
        Workspace workspace = Workspace.view(site.workspace());
        for (WorkPlan.Job job : PlanMain.jobs(site.folder(), site.jobs())) {
            check(job, workspace.job(job.type(), job.id()), lines);
        }
        site.ledger().overused(site.harmed()).forEach(text -> broken.add("tokens: " + text));
        nothingIsLeft();
        noTokenIsHeld();
        return broken;
    }

    private void check(WorkPlan.Job job, JobFolder folder, List<Ledger.Line> lines) throws IOException {
        JobStatus status = folder.status();
        if (job.isTransient() ? status.findDone().isEmpty() : !(status instanceof JobStatus.Done)) {
            broken.add("lost: " + job.name() + " is " + status);
            return;
        }
        Path result = folder.path().resolve(job.file());
        boolean isRemoved = status instanceof JobStatus.Removed;
        if (isRemoved) {
            removed++;
            if (Files.exists(result)) {
                broken.add("left: the result of " + job.name() + ", which was removed");
            }
        } else if (!Files.exists(result) || !Files.readString(result).equals(job.text())) {
            broken.add("lost: the result of " + job.name() + " is not what its task writes");
        }
        int done = status.lastAttempt().orElseThrow();
        List<Ledger.Line> begins = lines.stream()
                .filter(line -> line.isBegin() && line.name().equals(job.name()))
                .toList();
        if (begins.stream().map(Ledger.Line::attempt).distinct().count() < begins.size()) {
            broken.add("twice: one attempt at " + job.name() + " was given to two processes");
        }
        boolean ended = lines.stream()
                .anyMatch(line -> line.isEnd() && line.name().equals(job.name()) && line.attempt() == done);
        if (!ended) {
            broken.add("lost: attempt " + done + " at " + job.name() + " is done, and its task has not returned");
        }
        for (Ledger.Line begin : begins) {
            if (begin.attempt() != done && !isExplained(begin, folder, done, begins) && silentEnds-- <= 0) {
                broken.add("twice: attempt " + begin.attempt() + " at " + job.name()
                        + " ran, and nothing had happened to " + "it; done by " + done);
            }
        }
    }

    /** An attempt that is not the one that counts was harmed, or has told its failure, before the one that counts. */
    private boolean isExplained(Ledger.Line begin, JobFolder folder, int done, List<Ledger.Line> begins) {
        if (begin.attempt() > done) {
            // Only a process that was stopped for longer than a lease may be done after the next attempt has begun.
            return begins.stream()
                    .anyMatch(other -> other.attempt() == done && site.harmed().contains(other.pid()));
        }
        Attempt attempt = folder.attempt(begin.attempt());
        // Of a transient job, also one that was done, and whose outputs were removed before others needed them.
        return site.harmed().contains(begin.pid())
                || attempt.isMarkedAsFailed()
                || Files.exists(folder.internalFolder().resolve("removed-" + begin.attempt() + ".json"));
    }

    /** The last run has given back what killed runs had, and has removed their files. */
    private void noTokenIsHeld() throws IOException {
        for (TokenFolder tokens : List.of(TokenFolder.of(site.workspace()), TokenFolder.ofMachine(site.state()))) {
            tokens.read().shares().forEach(share -> broken.add("held: " + share));
            site.owners(tokens.path()).forEach(file -> broken.add("left: " + file));
        }
    }

    private void nothingIsLeft() throws IOException {
        Await.until(
                "no process of a job is left",
                Duration.ofMinutes(1),
                () -> site.jobProcesses().isEmpty());
        List<Path> temporary = new ArrayList<>();
        List<Path> reserved = new ArrayList<>();
        try (Stream<Path> files = Files.walk(site.workspace())) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".reserved")) {
                    reserved.add(file);
                }
                if (name.startsWith(".tmp-")) {
                    temporary.add(file);
                }
            }
        }
        // A process that is killed while it writes leaves the file that has no name yet, and no more than that.
        if (temporary.size() > site.harmed().size() + drafts) {
            broken.add("left: " + temporary);
        }
        if (reserved.size() > drafts) {
            broken.add("left: " + reserved);
        }
    }
}
