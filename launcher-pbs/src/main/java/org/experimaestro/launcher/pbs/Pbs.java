package org.experimaestro.launcher.pbs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.ShellText;
import org.experimaestro.spi.UnreachableException;

/** A client of PBS, by qsub, qstat and qdel. Thread-safe. */
final class Pbs implements BatchSystem {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int NOT_FOUND = 127;

    private static final String UNCLEAR = "PBS may have the job, which would end at once when it starts: look with"
            + " \"qstat -u $USER\", and end it with qdel; then set the launcher's option bin to the folder of PBS's own qsub";

    /** Parts of messages, in lower case, after which a second try may succeed. */
    private static final List<String> TEMPORARY = List.of(
            "cannot connect to server",
            "connection refused",
            "connection timed out",
            "communication failure",
            "could not connect",
            "no route to host",
            "network is unreachable",
            "end of file",
            "server is busy",
            "server shutting down",
            "temporarily",
            "would exceed");

    /** Messages about jobs that have ended, or are unknown. */
    private static final List<String> OVER =
            List.of("unknown job id", "job has finished", "request invalid for state of job", "invalid state");

    /** The prefix of the line with this user's name. */
    private static final String USER = "user=";

    private final Shell shell;
    private final Optional<String> bin;
    private final int maxArray;

    Pbs(LauncherDefinition definition, Shell shell) {
        this.shell = shell;
        Map<String, String> options = definition.options();
        this.bin = Optional.ofNullable(options.get(PbsOption.BIN.key()));
        this.maxArray = Optional.ofNullable(options.get(PbsOption.MAX_ARRAY.key()))
                .map(Integer::parseInt)
                .orElse(PbsOption.DEFAULT_MAX_ARRAY);
    }

    private String command(String name) {
        return bin.map(folder -> ShellText.quote(folder + "/" + name)).orElse(name);
    }

    @Override
    public String script(Batch batch) {
        return PbsScript.of(batch, command("qstat"), Map.of());
    }

    @Override
    public List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException {
        return submit(batch, warning -> {});
    }

    @Override
    public List<String> submit(Batch batch, Consumer<String> warnings)
            throws RefusedException, UnreachableException, InterruptedException {
        List<String> problems = PbsScript.problems(batch);
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("; ", problems));
        }
        Shell.Output output = shell.run(submission(batch), LIMIT);
        List<PbsJobId> jobs = QsubReader.read(output, batch.size() > 1);
        if (!output.isSuccess() && jobs.isEmpty()) {
            throw refusedOrUnreachable("qsub does not take " + batch.name(), output);
        }
        if (!output.isSuccess() || jobs.size() != 1) {
            throw RefusedException.unclear("Cannot read the answer of qsub to " + batch.name() + " (exit code "
                    + output.exitCode() + "): " + output.words() + "; " + UNCLEAR);
        }
        PbsJobId jobId = jobs.getFirst();
        output.errorLines().forEach(warnings);
        return batch.size() == 1
                ? List.of(jobId.toString())
                : IntStream.range(0, batch.size())
                        .mapToObj(task -> jobId.withIndex(task).toString())
                        .toList();
    }

    private String submission(Batch batch) {
        // The variable would change the prefix of directives.
        return "unset PBS_DPREFIX\n"
                + ShellText.withInput(command("qsub"), PbsScript.of(batch, command("qstat"), batch.passed()));
    }

    private static RefusedException refusedOrUnreachable(String problem, Shell.Output output)
            throws UnreachableException {
        String words = (output.err() + "\n" + output.out()).toLowerCase(Locale.ROOT);
        if (output.exitCode() == NOT_FOUND) {
            return new RefusedException(problem + ": " + output.complaint()
                    + "; set the launcher's option bin to the folder of PBS's commands on that host");
        }
        if (TEMPORARY.stream().anyMatch(words::contains)) {
            throw new UnreachableException(problem + " now: " + output.complaint());
        }
        return new RefusedException(problem + ": " + output.complaint());
    }

    @Override
    public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        return known(QstatReader.read(listing(jobIds)), jobIds);
    }

    @Override
    public Map<String, BatchUse> accountedUse(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        return known(QstatReader.uses(listing(jobIds)), jobIds);
    }

    private static <T> Map<String, T> known(Map<String, T> read, Collection<String> jobIds) {
        Map<String, T> known = new LinkedHashMap<>();
        for (String jobId : jobIds) {
            Optional.ofNullable(read.get(jobId)).ifPresent(value -> known.put(jobId, value));
        }
        return known;
    }

    /** Returns what qstat prints about jobs, also about those that have ended if the server keeps them. */
    private String listing(Collection<String> jobIds) throws UnreachableException, InterruptedException {
        List<PbsJobId> asked =
                jobIds.stream().map(PbsJobId::parse).flatMap(Optional::stream).toList();
        if (asked.isEmpty()) {
            return "";
        }
        String jobs = wholes(asked);
        // Without a history, jobs that have ended are unknown. Times are printed in UTC, for the reader.
        Shell.Output output = shell.run("""
                export TZ=UTC0
                text=$(%1$s -x -f -t %2$s 2>&1)
                code=$?
                case $text in
                *'not configured to maintain'*) %1$s -f -t %2$s ;;
                *) printf '%%s\\n' "$text"; exit $code ;;
                esac
                """.formatted(command("qstat"), jobs), LIMIT);
        if (!output.isSuccess() && !isOnlyOver(output)) {
            throw new UnreachableException("qstat does not list the jobs: " + output.complaint());
        }
        return output.out();
    }

    /** Returns the words for jobs, and for the arrays that contain jobs. */
    private static String wholes(List<PbsJobId> jobIds) {
        return jobIds.stream()
                .map(jobId -> jobId.whole().toString())
                .distinct()
                .map(ShellText::quote)
                .collect(Collectors.joining(" "));
    }

    /** Returns whether all messages are about jobs that have ended, or are unknown. */
    private static boolean isOnlyOver(Shell.Output output) {
        List<String> complaints = (output.err() + "\n" + output.out())
                .lines()
                .map(line -> line.strip().toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("qstat:") || line.startsWith("qdel:"))
                .toList();
        return !complaints.isEmpty()
                && complaints.stream().allMatch(line -> OVER.stream().anyMatch(line::contains));
    }

    @Override
    public void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        List<PbsJobId> own = own(name, jobIds);
        if (own.isEmpty()) {
            return;
        }
        String jobs =
                own.stream().map(jobId -> ShellText.quote(jobId.toString())).collect(Collectors.joining(" "));
        Shell.Output output = shell.run(command("qdel") + " " + jobs + "\n", LIMIT);
        if (!output.isSuccess() && !isOnlyOver(output)) {
            throw refusedOrUnreachable("qdel cannot end jobs", output);
        }
    }

    /** Returns the jobs that PBS still has, if all of them are this user's and have the name. */
    private List<PbsJobId> own(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        List<PbsJobId> asked = new ArrayList<>();
        for (String text : jobIds) {
            asked.add(PbsJobId.parse(text)
                    .filter(PbsJobId::isJob)
                    .orElseThrow(
                            () -> new RefusedException("Not a job of PBS, as in 123.server or 123[4].server, but \""
                                    + text + "\": nothing was cancelled")));
        }
        if (asked.isEmpty()) {
            return asked;
        }
        Shell.Output output =
                shell.run("echo \"" + USER + "$(id -un)\"\n" + command("qstat") + " -f " + wholes(asked) + "\n", LIMIT);
        if (!output.isSuccess() && !isOnlyOver(output)) {
            throw refusedOrUnreachable("qstat does not report the owners of jobs", output);
        }
        String user = "";
        Map<String, PbsBlocks.Block> blocks = new LinkedHashMap<>();
        for (PbsBlocks.Block block : PbsBlocks.read(output.out())) {
            if (user.isEmpty() && block.title().startsWith(USER)) {
                user = block.title().substring(USER.length());
            }
            blocks.putIfAbsent(QstatReader.id(block), block);
        }
        List<PbsJobId> own = new ArrayList<>();
        for (PbsJobId jobId : asked) {
            PbsBlocks.Block block = blocks.get(jobId.whole().toString());
            if (block == null) {
                continue; // it has ended
            }
            String found = block.value("Job_Name").strip();
            // The owner is written as in alice@login1.
            String owner = block.value("Job_Owner").strip().replaceFirst("@.*", "");
            if (user.isEmpty() || !owner.equals(user) || !found.equals(PbsDirectives.name(name))) {
                throw new RefusedException("The job " + jobId + " of PBS is \"" + found + "\" of " + owner
                        + ", and not " + name + " of this user: nothing was cancelled");
            }
            own.add(jobId);
        }
        return own;
    }

    @Override
    public int largestBatch() {
        return maxArray;
    }

    @Override
    public boolean hasDependencies() {
        return true;
    }
}
