package org.experimaestro.launcher.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchStatus.End;
import org.experimaestro.spi.BatchStatus.Phase;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;

/** The smallest batch system: a job is a process in the background, and a folder with its script and exit code. */
final class Background implements BatchSystem {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Shell shell;
    private final String folder;

    Background(Shell shell, String folder) {
        this.shell = shell;
        this.folder = folder;
    }

    @Override
    public String script(Batch batch) {
        return Batch.UNSET_RANKS + "\ntask=0\n" + batch.body();
    }

    @Override
    public List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException {
        String jobId = UUID.randomUUID().toString();
        String log = ShellText.quote(batch.log() + ".log");
        Shell.Output output = shell.run(
                """
                set -e
                : >> %2$s
                mkdir -p -m 700 %1$s
                printf %%s %3$s > %1$s/script
                echo %4$s > %1$s/name
                cd %1$s
                %5$s
                nohup setsid sh -c 'echo $$ > pid; sh script; echo $? > code' >> %2$s 2>&1 < /dev/null &
                """.formatted(
                                job(jobId),
                                log,
                                ShellText.quote(script(batch)),
                                batch.name(),
                                ShellText.exports(batch.passed())),
                LIMIT);
        if (!output.isSuccess()) {
            throw new RefusedException("The host does not start " + batch.name() + ": " + output.complaint());
        }
        return List.of(jobId);
    }

    /** A job id may be any text of a file: also a path that leads elsewhere. */
    private static boolean isJobId(String text) {
        return FORM.matcher(text).matches();
    }

    private String job(String jobId) {
        return ShellText.quote(folder + "/" + jobId);
    }

    @Override
    public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        String names = jobIds.stream().filter(Background::isJobId).collect(Collectors.joining(" "));
        Shell.Output output = shell.run("""
                cd %s && for job in %s; do
                  if [ -e "$job/cancelled" ]; then echo "$job cancelled"
                  elif [ -s "$job/code" ]; then echo "$job ended $(cat "$job/code")"
                  elif [ -d "$job" ]; then echo "$job running"
                  fi
                done
                """.formatted(ShellText.quote(folder), names), LIMIT);
        if (!output.isSuccess()) {
            throw new UnreachableException("The host does not tell of jobs: " + output.complaint());
        }
        Map<String, BatchStatus> statuses = new LinkedHashMap<>();
        output.out().lines().map(line -> line.split(" ")).forEach(words -> statuses.put(words[0], status(words)));
        return statuses;
    }

    private static BatchStatus status(String[] words) {
        return switch (words[1]) {
            case "ended" -> {
                int exitCode = Integer.parseInt(words[2]);
                yield BatchStatus.ended(
                        exitCode == 0 ? End.COMPLETED : End.FAILED, words[1], "", OptionalInt.of(exitCode));
            }
            case "cancelled" -> BatchStatus.ended(End.CANCELLED, words[1], "", OptionalInt.empty());
            default -> BatchStatus.active(Phase.RUNNING, words[1], "");
        };
    }

    @Override
    public void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        for (String jobId : jobIds) {
            if (!isJobId(jobId)) {
                throw new RefusedException("Not a job: " + jobId);
            }
            Shell.Output output = shell.run("""
                    cd %s 2>/dev/null && [ ! -s code ] || exit 0
                    [ -O pid ] && [ "$(cat name)" = %s ] || exit 1
                    : > cancelled && pkill -TERM -s "$(cat pid)"
                    """.formatted(job(jobId), ShellText.quote(name)), LIMIT);
            if (!output.isSuccess()) {
                throw new RefusedException(jobId + " is not the job " + name + " of this user");
            }
        }
    }
}
