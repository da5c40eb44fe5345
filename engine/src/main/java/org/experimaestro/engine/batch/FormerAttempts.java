package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.spi.HostWorkspace;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.JobFolder;

/**
 * Former attempts of jobs on a host that has a copy of the workspace, of which nothing is known here: the host had taken
 * them, and the run ended before it could store that, or the host's answer was lost. What has not begun never will, since
 * the host is told that the attempt is void. What runs is waited for, and what is done is fetched.
 */
final class FormerAttempts {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /**
     * {@code look INDEX FOLDER ATTEMPT...} prints {@code INDEX done} for a job that is done, and {@code INDEX ATTEMPT} for
     * an attempt that runs: it shows itself every 30 seconds, and is gone after three minutes of silence (docs/workspace.md).
     */
    private static final String LOOK = """
            look() {
              index=$1
              cd "$2/.experimaestro" 2>/dev/null || return
              shift 2
              if [ -e done.json ]; then echo "$index done"; return; fi
              for n; do
                if [ -e process-$n.json ] && [ ! -e failed-$n.json ] && ! grep -q '"void"' process-$n.json \\
                    && [ -n "$(find process-$n.json -mmin -3)" ]; then
                  echo "$index $n"
                fi
              done
            }
            """;

    private final HostWorkspace workspace;
    private final List<Path> voids = new ArrayList<>();
    private final StringBuilder script = new StringBuilder(LOOK);
    private boolean any;

    private FormerAttempts(HostWorkspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Looks for former attempts. To be called before the jobs' folders are sent: a process that finds a later attempt there
     * takes itself for superseded.
     *
     * @throws UnreachableException if one runs: the jobs have to wait
     * @throws RefusedException if one has done its job, which is done here then
     */
    static void check(List<Submission> jobs, Host host, HostWorkspace workspace)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        FormerAttempts former = new FormerAttempts(workspace);
        for (int i = 0; i < jobs.size(); i++) {
            former.add(i, jobs.get(i));
        }
        if (former.any) {
            former.look(jobs, host);
        }
    }

    private void add(int index, Submission job) throws IOException {
        JobFolder folder = job.attempt().job();
        List<String> unknown = new ArrayList<>();
        for (int number = 1; number < job.attempt().number(); number++) {
            if (folder.attempt(number).handover().isEmpty()) {
                unknown.add(Integer.toString(number));
                if (Files.exists(folder.processFile(number))) {
                    voids.add(folder.processFile(number));
                }
            }
        }
        if (!unknown.isEmpty()) {
            any = true;
            script.append("look ").append(index).append(' ');
            script.append(ShellText.quote(workspace.path(folder.path()))).append(' ');
            script.append(String.join(" ", unknown)).append('\n');
        }
    }

    private void look(List<Submission> jobs, Host host)
            throws UnreachableException, RefusedException, InterruptedException {
        workspace.send(voids);
        Shell.Output found = host.shell().run(script.append("exit 0\n").toString(), LIMIT);
        List<Path> done = new ArrayList<>();
        for (String line : found.out().lines().toList()) {
            String[] words = line.split(" ", -1);
            JobFolder job = jobs.get(Integer.parseInt(words[0])).attempt().job();
            if (!words[1].equals("done")) {
                throw new UnreachableException("Attempt " + words[1] + " of " + job.name() + " still runs on "
                        + host.nameOf(jobs.getFirst().launcher())
                        + ", whose answer was lost when it was submitted");
            }
            done.add(job.path());
        }
        if (!done.isEmpty()) {
            workspace.fetch(done);
            throw new RefusedException("A former attempt has done it already");
        }
    }
}
