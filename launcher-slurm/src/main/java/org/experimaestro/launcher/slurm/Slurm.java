package org.experimaestro.launcher.slurm;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.Shell;
import org.experimaestro.spi.UnreachableException;

/**
 * A client of Slurm, by sbatch, squeue, sacct and scancel. Thread-safe.
 *
 * <p>The controller (squeue) is queried first. It is right about all jobs that it shows: jobs that wait or run, and
 * jobs that ended lately. Only for other jobs is the accounting (sacct) queried, which may be out of date. A job
 * counts as alive as long as one of the two reports it so.
 */
final class Slurm implements BatchSystem {
    /**
     * The limit for a command. Slurm itself gives up after 9 s (sbatch) or 18 s (squeue) if the controller is down
     * without a backup.
     */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** The time after which a site without accounting is queried for it again. */
    private static final Duration WITHOUT_ACCOUNTING = Duration.ofMinutes(10);

    private static final String UNCLEAR = "Slurm may have the job, which would end at once when it starts: look with"
            + " \"squeue --me\", and cancel it; then set the launcher's option bin to the folder of Slurm's own sbatch";

    private final Shell shell;
    private final SlurmCommands commands;
    private final int maxArray;
    private final InstantSource clock;
    private final AtomicReference<Instant> accountingFrom = new AtomicReference<>(Instant.MIN);

    Slurm(LauncherDefinition definition, Shell shell, InstantSource clock) {
        this.shell = shell;
        Map<String, String> options = definition.options();
        this.commands = new SlurmCommands(Optional.ofNullable(options.get(SlurmOption.BIN.key())));
        this.maxArray = Optional.ofNullable(options.get(SlurmOption.MAX_ARRAY.key()))
                .map(Integer::parseInt)
                .orElse(SlurmOption.DEFAULT_MAX_ARRAY);
        this.clock = clock;
    }

    @Override
    public String script(Batch batch) {
        return SlurmScript.of(batch, commands);
    }

    @Override
    public List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException {
        return submit(batch, warning -> {});
    }

    @Override
    public List<String> submit(Batch batch, Consumer<String> warnings)
            throws RefusedException, UnreachableException, InterruptedException {
        List<String> problems = SlurmScript.problems(batch);
        if (!problems.isEmpty()) {
            throw new RefusedException(String.join("; ", problems));
        }
        Shell.Output output = shell.run(commands.submit(script(batch), batch.passed()), LIMIT);
        List<SlurmJobId> jobs = SbatchReader.read(output);
        if (!output.isSuccess() && jobs.isEmpty()) {
            throw refusedOrUnreachable("sbatch does not take " + batch.name(), output);
        }
        if (!output.isSuccess() || jobs.size() != 1) {
            throw RefusedException.unclear("Cannot read the answer of sbatch to " + batch.name() + " (exit code "
                    + output.exitCode() + "): " + output.words() + "; " + UNCLEAR);
        }
        SlurmJobId jobId = jobs.getFirst();
        SbatchReader.warnings(output).forEach(warnings);
        return batch.size() == 1
                ? List.of(jobId.toString())
                : IntStream.range(0, batch.size())
                        .mapToObj(task -> jobId.withTask(task).toString())
                        .toList();
    }

    private static RefusedException refusedOrUnreachable(String problem, Shell.Output output)
            throws UnreachableException {
        if (SlurmAnswers.isMissing(output)) {
            return new RefusedException(problem + ": " + output.complaint()
                    + "; set the launcher's option bin to the folder of Slurm's commands on that host");
        }
        if (SlurmAnswers.isTemporary(output)) {
            throw new UnreachableException(problem + " now: " + output.complaint());
        }
        return new RefusedException(problem + ": " + output.complaint());
    }

    @Override
    public Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        List<SlurmJobId> jobs =
                jobIds.stream().map(SlurmJobId::parse).flatMap(Optional::stream).toList();
        Map<String, BatchStatus> statuses = new LinkedHashMap<>();
        for (Map.Entry<Optional<String>, List<SlurmJobId>> each :
                byCluster(jobs).entrySet()) {
            Map<String, BatchStatus> queue = askQueue(each.getKey(), each.getValue());
            List<SlurmJobId> others = new ArrayList<>();
            for (SlurmJobId jobId : each.getValue()) {
                BatchStatus status = queue.get(jobId.id());
                if (status == null) {
                    others.add(jobId);
                } else {
                    statuses.put(jobId.toString(), status);
                }
            }
            if (!others.isEmpty()) {
                Set<Long> shown = queue.keySet().stream()
                        .map(SlurmJobId::parse)
                        .flatMap(Optional::stream)
                        .map(SlurmJobId::job)
                        .collect(Collectors.toSet());
                statuses.putAll(askAccounting(each.getKey(), others, shown, since));
            }
        }
        return statuses;
    }

    private static Map<Optional<String>, List<SlurmJobId>> byCluster(List<SlurmJobId> jobIds) {
        Map<Optional<String>, List<SlurmJobId>> clusters = new LinkedHashMap<>();
        for (SlurmJobId jobId : jobIds) {
            clusters.computeIfAbsent(jobId.cluster(), key -> new ArrayList<>()).add(jobId);
        }
        return clusters;
    }

    private Map<String, BatchStatus> askQueue(Optional<String> cluster, List<SlurmJobId> jobIds)
            throws UnreachableException, InterruptedException {
        Shell.Output output = shell.run(commands.queue(cluster, jobIds), LIMIT);
        if (!output.isSuccess() && !SlurmAnswers.isUnknownJob(output)) {
            throw new UnreachableException("squeue does not list the jobs: " + output.complaint()
                    + (SlurmAnswers.isMissing(output) ? "; set the launcher's option bin to its folder" : ""));
        }
        return SqueueReader.read(output.out());
    }

    /**
     * Queries the accounting about jobs that the controller does not show. If the query fails, these jobs have no
     * status; the controller's answer about other jobs is returned nevertheless.
     *
     * @param shown the numbers of jobs and arrays that the controller shows, in whole or in part
     */
    private Map<String, BatchStatus> askAccounting(
            Optional<String> cluster, List<SlurmJobId> jobIds, Set<Long> shown, Instant since)
            throws UnreachableException, InterruptedException {
        Optional<String> output = accounting(commands.accounting(cluster, jobIds, since));
        if (output.isEmpty()) {
            return Map.of();
        }
        SacctReader accounts = SacctReader.read(output.get());
        Map<String, BatchStatus> statuses = new LinkedHashMap<>();
        for (SlurmJobId jobId : jobIds) {
            accounted(accounts, jobId, shown.contains(jobId.job()))
                    .ifPresent(status -> statuses.put(jobId.toString(), status));
        }
        return statuses;
    }

    @Override
    public Map<String, BatchUse> accountedUse(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        List<SlurmJobId> jobs =
                jobIds.stream().map(SlurmJobId::parse).flatMap(Optional::stream).toList();
        Map<String, BatchUse> uses = new LinkedHashMap<>();
        for (Map.Entry<Optional<String>, List<SlurmJobId>> each :
                byCluster(jobs).entrySet()) {
            Optional<String> output = accounting(commands.accountedUse(each.getKey(), each.getValue(), since));
            Map<String, BatchUse> read = output.map(SacctUseReader::read).orElse(Map.of());
            for (SlurmJobId jobId : each.getValue()) {
                Optional.ofNullable(read.get(jobId.id())).ifPresent(use -> uses.put(jobId.toString(), use));
            }
        }
        return uses;
    }

    /**
     * Runs a query of the accounting.
     *
     * @return its output; empty if the query fails, or the site is known to have no accounting
     */
    private Optional<String> accounting(String query) throws UnreachableException, InterruptedException {
        if (clock.instant().isBefore(accountingFrom.get())) {
            return Optional.empty();
        }
        Shell.Output output = shell.run(query, LIMIT);
        if (output.isSuccess()) {
            return Optional.of(output.out());
        }
        if (SlurmAnswers.isWithoutAccounting(output)) {
            accountingFrom.set(clock.instant().plus(WITHOUT_ACCOUNTING));
        }
        return Optional.empty();
    }

    /**
     * Returns the accounting's status of a job that the controller does not show; it may show other tasks of the
     * job's array.
     */
    private static Optional<BatchStatus> accounted(SacctReader accounts, SlurmJobId jobId, boolean isArrayShown) {
        Optional<BatchStatus> own = accounts.find(jobId);
        if (own.isPresent()) {
            return own.map(Slurm::onlyAccounted);
        }
        if (jobId.task().isEmpty() || !accounts.knows(jobId.job())) {
            return Optional.empty();
        }
        Optional<BatchStatus> waiting = isArrayShown ? Optional.empty() : accounts.findWaiting(jobId);
        return Optional.of(waiting.map(Slurm::onlyAccounted).orElseGet(Slurm::cancelledBeforeStart));
    }

    /**
     * Marks the status of a job that continues as known from the accounting: the controller may hide it, or the
     * accounting may be late.
     */
    private static BatchStatus onlyAccounted(BatchStatus status) {
        return status.phase() == BatchStatus.Phase.ENDED
                ? status
                : BatchStatus.active(status.phase(), status.state(), "by the accounting; squeue does not show it");
    }

    /**
     * Returns the status of a task that was cancelled by itself while it waited. Its only trace is the other tasks of
     * its array. If it had started, it would have a line of its own.
     */
    private static BatchStatus cancelledBeforeStart() {
        return BatchStatus.ended(
                BatchStatus.End.CANCELLED, SlurmStates.CANCELLED.name(), "before it started", OptionalInt.empty());
    }

    @Override
    public void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException {
        List<SlurmJobId> jobs = new ArrayList<>();
        for (String text : jobIds) {
            jobs.add(SlurmJobId.parse(text)
                    .orElseThrow(() -> new RefusedException(
                            "Not a job of Slurm, as in 1234 or 1234_5, but \"" + text + "\": nothing was cancelled")));
        }
        List<SlurmJobId> own = new ArrayList<>();
        for (Map.Entry<Optional<String>, List<SlurmJobId>> each :
                byCluster(jobs).entrySet()) {
            Shell.Output output = shell.run(commands.owners(each.getKey(), each.getValue()), LIMIT);
            if (!output.isSuccess() && !SlurmAnswers.isUnknownJob(output)) {
                throw refusedOrUnreachable("squeue does not report the owners of jobs", output);
            }
            own.addAll(OwnerReader.own(output.out(), name, each.getValue()));
        }
        if (own.isEmpty()) {
            return;
        }
        Shell.Output output = shell.run(commands.cancel(own), LIMIT);
        Optional<String> complaints = SlurmAnswers.realComplaints(output);
        if (SlurmAnswers.isMissing(output) || !output.isSuccess() && complaints.isPresent()) {
            throw refusedOrUnreachable("scancel cannot end jobs", output);
        }
    }

    @Override
    public List<Integer> room(List<Placement> places) throws UnreachableException, InterruptedException {
        Shell.Output output = shell.run(commands.room(), LIMIT);
        if (!output.isSuccess()) {
            throw new UnreachableException("sinfo and squeue do not report the free nodes: " + output.complaint());
        }
        SlurmRoom room = SlurmRoom.read(output.out());
        return places.stream().map(room::at).toList();
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
