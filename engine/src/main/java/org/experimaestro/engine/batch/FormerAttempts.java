package org.experimaestro.engine.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * {@code look INDEX FOLDER} prints {@code INDEX done} for a job that is done, and {@code INDEX ATTEMPT} for an attempt that
     * runs: it shows itself every 30 seconds, and is gone after three minutes of silence (docs/workspace.md). A batch system
     * that has started a job again has made further attempts there.
     */
    private static final String LOOK = """
            look() {
              cd "$2/.experimaestro" 2>/dev/null || return
              if [ -e done.json ]; then echo "$1 done"; return; fi
              for file in process-*.json; do
                n=${file#process-}
                n=${n%.json}
                if [ -e "$file" ] && [ ! -e "failed-$n.json" ] && ! grep -q '"void"' "$file" \\
                    && [ -n "$(find "$file" -mmin -3)" ]; then
                  echo "$1 $n"
                  return
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
     * Jobs that are not to be submitted now.
     *
     * @param done those that a former attempt has done; their files are here
     * @param running those of which a former attempt runs, with its number
     */
    record Found(List<Submission> done, Map<Submission, String> running) {
        static final Found NOTHING = new Found(List.of(), Map.of());

        boolean isFree(Submission job) {
            return !done.contains(job) && !running.containsKey(job);
        }
    }

    /**
     * Looks for former attempts. To be called before the jobs' folders are sent: a process that finds a later attempt there
     * takes itself for superseded.
     */
    static Found look(List<Submission> jobs, Host host)
            throws IOException, UnreachableException, RefusedException, InterruptedException {
        HostWorkspace workspace = host.workspace(jobs.getFirst().workspace().root());
        if (workspace.isShared()) {
            return Found.NOTHING; // what they have written was seen when the attempts were granted
        }
        FormerAttempts former = new FormerAttempts(workspace);
        for (int i = 0; i < jobs.size(); i++) {
            former.add(i, jobs.get(i));
        }
        return former.any ? former.look(jobs, host.shell()) : Found.NOTHING;
    }

    private void add(int index, Submission job) throws IOException {
        JobFolder folder = job.attempt().job();
        boolean unknown = false;
        for (int number = 1; number < job.attempt().number(); number++) {
            if (folder.attempt(number).handover().isEmpty()) {
                Path process = folder.processFile(number);
                if (!Files.exists(process)) {
                    unknown = true;
                } else if (folder.attempt(number).isVoid()) {
                    unknown = true;
                    voids.add(process);
                }
            }
        }
        if (unknown) {
            any = true;
            script.append("look ").append(index).append(' ');
            script.append(ShellText.quote(workspace.path(folder.path()))).append('\n');
        }
    }

    private Found look(List<Submission> jobs, Shell shell)
            throws UnreachableException, RefusedException, InterruptedException {
        workspace.send(voids);
        Shell.Output found = shell.run(script.append("exit 0\n").toString(), LIMIT);
        List<Submission> done = new ArrayList<>();
        Map<Submission, String> running = new LinkedHashMap<>();
        for (String line : found.out().lines().toList()) {
            String[] words = line.split(" ", -1);
            Submission job = jobs.get(Integer.parseInt(words[0]));
            if (words[1].equals("done")) {
                done.add(job);
            } else {
                running.put(job, words[1]);
            }
        }
        if (!done.isEmpty()) {
            workspace.fetch(done.stream().map(job -> job.attempt().job().path()).toList());
        }
        return new Found(done, running);
    }
}
