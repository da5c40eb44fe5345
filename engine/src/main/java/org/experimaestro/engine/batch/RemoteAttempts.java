package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobScripts;

/**
 * Former attempts of jobs that are unknown here, on a host that has a copy of the workspace. The host had accepted
 * them, but the run ended before it could store that, or the host's answer was lost. A former attempt that has not
 * begun never will, because the host gets a file that voids it. A running attempt is waited for, and a finished one is
 * fetched. If jobs are submitted again because no answer came, their current attempts may have been accepted too, and
 * count as former ones.
 */
final class RemoteAttempts {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final HostWorkspace workspace;
    private final List<Path> voids = new ArrayList<>();
    private final StringBuilder script = new StringBuilder(JobScripts.LOOK);
    private boolean any;

    private RemoteAttempts(HostWorkspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Jobs that must not be submitted now.
     *
     * @param over the jobs that are done, or whose current attempt has failed; their files are here
     * @param running the jobs of which a former attempt runs, with its number
     */
    record Found(List<Submission> over, Map<Submission, String> running) {
        static final Found NOTHING = new Found(List.of(), Map.of());

        boolean isFree(Submission job) {
            return !over.contains(job) && !running.containsKey(job);
        }
    }

    /**
     * Finds former attempts. Must be called before the jobs' folders are sent, because a process that finds a later
     * attempt there takes itself for superseded.
     *
     * @param again whether the jobs' current attempts may have been accepted too
     */
    static Found look(List<Submission> jobs, Host host, boolean again)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        HostWorkspace workspace = host.workspace(jobs.getFirst().workspace().root());
        if (workspace.isShared()) {
            // The files of former attempts were read when the current ones were granted.
            return again ? new Found(over(jobs), Map.of()) : Found.NOTHING;
        }
        RemoteAttempts former = new RemoteAttempts(workspace);
        for (int i = 0; i < jobs.size(); i++) {
            former.add(i, jobs.get(i), again);
        }
        return former.any ? former.look(jobs, host.shell()) : Found.NOTHING;
    }

    /** Returns the jobs that are over by their markers, which must not be submitted again. */
    private static List<Submission> over(List<Submission> jobs) {
        return jobs.stream()
                .filter(job -> !job.attempt().job().status().isActive())
                .toList();
    }

    private void add(int index, Submission job, boolean again) throws IOException {
        JobFolder folder = job.attempt().job();
        List<Attempt> unaccounted =
                folder.attemptFiles().unaccounted(job.attempt().number());
        for (Attempt attempt : unaccounted) {
            if (attempt.hasBegun()) {
                voids.add(folder.processFile(attempt.number()));
            }
        }
        if (again || !unaccounted.isEmpty()) {
            any = true;
            script.append("look ").append(index).append(' ');
            script.append(ShellText.quote(workspace.path(folder.path())));
            script.append(' ').append(again ? job.attempt().number() : 0).append('\n');
        }
    }

    private Found look(List<Submission> jobs, Shell shell)
            throws UnreachableException, RefusedException, InterruptedException {
        workspace.send(voids);
        Shell.Output found = shell.run(script.append("exit 0\n").toString(), LIMIT);
        List<Submission> over = new ArrayList<>();
        Map<Submission, String> running = new LinkedHashMap<>();
        for (String line : found.out().lines().toList()) {
            String[] words = line.split(" ", -1);
            Submission job = jobs.get(Integer.parseInt(words[0]));
            if (words[1].equals("over")) {
                over.add(job);
            } else {
                running.put(job, words[1]);
            }
        }
        if (!over.isEmpty()) {
            Map<Path, String> left = workspace.fetch(
                    over.stream().map(job -> job.attempt().job().path()).toList());
            over.forEach(job -> Optional.ofNullable(left.get(job.attempt().job().path()))
                    .ifPresent(files ->
                            job.spec().listener().warned(job.attempt().job().name() + ": " + files)));
        }
        return new Found(over, running);
    }
}
