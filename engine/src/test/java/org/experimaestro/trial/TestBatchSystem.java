package org.experimaestro.trial;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.experimaestro.spi.Batch;
import org.experimaestro.spi.BatchStatus;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.jspecify.annotations.Nullable;

/**
 * A batch system whose jobs are processes of this test, run by {@code sh} with the scripts that a real one would be given.
 * It does on demand what real ones do seldom. It lives as long as the test, whoever opens it. Thread-safe.
 */
public final class TestBatchSystem implements BatchSystem {
    /** The launcher type. */
    public static final String TYPE = "test";

    /** The option with the system's name. */
    public static final String SYSTEM = "system";

    /** The option for how many jobs a batch may have, which concerns how they are given. */
    public static final String MAX_ARRAY = "max_array";

    /** An option that concerns jobs only. */
    public static final String ACCOUNT = "account";

    private static final Map<String, TestBatchSystem> ALL = new ConcurrentHashMap<>();

    private final int width;
    private final Map<String, TestBatchJob> jobs = new LinkedHashMap<>();
    private final Map<String, BatchStatus> lies = new HashMap<>();
    private final Map<String, BatchUse> uses = new HashMap<>();
    private final List<Set<String>> useQuestions = new ArrayList<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Calls calls = new Calls();
    private int largestBatch = 1;
    /** Short, so that no test waits for a poll. */
    private Duration pollPeriod = Duration.ofMillis(20);

    private boolean hasDependencies;
    private boolean runsOnOwnHost;
    private int nextNumber = 1;
    private Runnable onCancel = () -> {};
    private boolean holding;
    private int startsLeft = Integer.MAX_VALUE;
    private @Nullable String refusal;
    private String refusedPart = "";
    private @Nullable String arrayRefusal;
    private @Nullable String warning;
    private List<Integer> room = List.of();
    private @Nullable String oddAnswer;
    private @Nullable String submitOutage;
    private int answersToLose;
    private @Nullable String pollOutage;
    private @Nullable Throwable mistake;
    private @Nullable Error sizeMistake;
    private @Nullable RuntimeException submitMistake;
    private boolean isSubmitMended;

    private TestBatchSystem(int width) {
        this.width = width;
    }

    /** A new system of that name, which runs so many jobs at once. */
    public static TestBatchSystem create(String name, int width) {
        TestBatchSystem system = new TestBatchSystem(width);
        ALL.put(name, system);
        return system;
    }

    /** The system of that name, if a test has made one. */
    static @Nullable TestBatchSystem find(String name) {
        return ALL.get(name);
    }

    // ---- what a test makes it do ----

    /** It has arrays of this size. */
    public synchronized TestBatchSystem arrays(int size) {
        largestBatch = size;
        return this;
    }

    /** It is to be left alone for so long. */
    public synchronized TestBatchSystem pollPeriod(Duration period) {
        pollPeriod = period;
        return this;
    }

    /** It lets jobs wait for each other. */
    public synchronized TestBatchSystem dependencies() {
        hasDependencies = true;
        return this;
    }

    /** Its jobs run on the host of its shell. */
    public synchronized TestBatchSystem onOwnHost() {
        runsOnOwnHost = true;
        return this;
    }

    /** Something happens just before jobs are cancelled. */
    public synchronized void onCancel(Runnable action) {
        onCancel = action;
    }

    /** It starts nothing. */
    public synchronized TestBatchSystem hold() {
        holding = true;
        return this;
    }

    /** It starts so many jobs, and nothing afterwards. */
    public synchronized TestBatchSystem holdAfter(int jobs) {
        startsLeft = jobs;
        return this;
    }

    /** It starts what waits. */
    public synchronized void release() {
        holding = false;
        dispatch();
    }

    /** It refuses batches whose script has that part, in these words. */
    public synchronized void refuse(String part, String words) {
        refusedPart = part;
        refusal = words;
    }

    /** It refuses batches of more than one job. */
    public synchronized void refuseArrays(String words) {
        arrayRefusal = words;
    }

    /** It says that it has so much room at each place, less the jobs that it has taken there. */
    public synchronized void room(Integer... jobs) {
        room = List.of(jobs);
    }

    /** It takes jobs, and says something besides, with the number of the batch for {@code %d}. */
    public synchronized void warn(String words) {
        warning = words;
    }

    /** It takes jobs, and says so in words that are not understood. */
    public synchronized void answerOddly(String words) {
        oddAnswer = words;
    }

    /** It does not answer when it is given jobs, or, with {@code null}, it does. */
    public synchronized void submitOutage(@Nullable String words) {
        submitOutage = words;
    }

    /** It takes jobs, and the next answers to that do not arrive. */
    public synchronized void loseAnswers(int count) {
        answersToLose = count;
    }

    /** It does not answer when it is asked for jobs, or, with {@code null}, it does. */
    public synchronized void pollOutage(@Nullable String words) {
        pollOutage = words;
    }

    /** It throws when it is given jobs; with {@code null}, it does not. */
    public synchronized void breakSubmit(@Nullable RuntimeException thrown) {
        submitMistake = thrown;
    }

    /** It throws when it is given jobs the next time, and not again. */
    public synchronized void breakSubmitOnce(RuntimeException thrown) {
        submitMistake = thrown;
        isSubmitMended = true;
    }

    /** Its code has a mistake, which shows when it is asked for jobs; with {@code null}, it has none. */
    public synchronized void breakPoll(@Nullable Throwable thrown) {
        mistake = thrown;
    }

    /** Its code has a mistake, which shows when it is asked how many jobs it takes at once. */
    public synchronized void breakSize(Error thrown) {
        sizeMistake = thrown;
    }

    /** It tells this of a job, whatever is true. */
    public synchronized void say(String jobId, BatchStatus status) {
        lies.put(jobId, status);
    }

    /** It accounts this for a job. */
    public synchronized void account(String jobId, BatchUse use) {
        uses.put(jobId, use);
    }

    /** The jobs of each question for accounted use. */
    public synchronized List<Set<String>> useQuestions() {
        return List.copyOf(useQuestions);
    }

    /** It knows nothing of a job any longer, which may go on. */
    public synchronized void forget(String jobId) {
        forgotten.add(jobId);
    }

    /** Ends a job's process as {@code kill -9} does, and waits for it. */
    public void kill(String jobId) {
        Process process = process(jobId);
        process.destroyForcibly();
        Poll.until(jobId + " is gone", () -> !process.isAlive());
    }

    /** Ends a job's process by SIGTERM or SIGKILL, and tells only then that it is over. */
    public synchronized void end(String jobId, boolean softly, BatchStatus told) {
        Process process = process(jobId);
        if (softly) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        Poll.until(jobId + " is gone", () -> !process.isAlive());
        lies.put(jobId, told);
    }

    /** Ends a job's process, and puts the job into the queue again. */
    public void requeue(String jobId) {
        kill(jobId);
        synchronized (this) {
            TestBatchJob entry = entry(jobId);
            entry.process = null;
            entry.restarts++;
            dispatch();
        }
    }

    /** Runs a job a second time, beside the first: as if it had been submitted twice. */
    public Process duplicate(String jobId) {
        try {
            return start(entry(jobId), jobId + "-again");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The process of a job that has been started. */
    public Process process(String jobId) {
        Poll.until(jobId + " is started", () -> entry(jobId).process != null);
        Process process = entry(jobId).process;
        if (process == null) {
            throw new AssertionError(jobId + " was put back into the queue");
        }
        return process;
    }

    private synchronized TestBatchJob entry(String jobId) {
        TestBatchJob entry = jobs.get(jobId);
        if (entry == null) {
            throw new AssertionError("There is no job " + jobId + ", but " + jobs.keySet());
        }
        return entry;
    }

    /** The job ids of all jobs that it took, in order. */
    public synchronized List<String> jobIds() {
        return List.copyOf(jobs.keySet());
    }

    /** What it was asked. */
    public Calls calls() {
        return calls;
    }

    // ---- what the engine asks of it ----

    @Override
    public String script(Batch batch) {
        return "task=$1\n" + batch.body();
    }

    @Override
    public synchronized List<String> submit(Batch batch) throws RefusedException, UnreachableException {
        calls.submit(batch.size());
        RuntimeException thrown = submitMistake;
        if (thrown != null) {
            submitMistake = isSubmitMended ? null : thrown;
            throw thrown;
        }
        if (submitOutage != null) {
            throw new UnreachableException(submitOutage);
        }
        if (refusal != null && batch.body().contains(refusedPart)) {
            throw new RefusedException(refusal);
        }
        if (arrayRefusal != null && batch.size() > 1) {
            throw new RefusedException(arrayRefusal);
        }
        int number = nextNumber++;
        List<String> jobIds = new ArrayList<>();
        for (int task = 0; task < batch.size(); task++) {
            String jobId = batch.size() == 1 ? Integer.toString(number) : number + "_" + task;
            jobs.put(jobId, new TestBatchJob(batch, task));
            jobIds.add(jobId);
        }
        dispatch();
        if (oddAnswer != null) {
            throw RefusedException.unclear(oddAnswer);
        }
        if (answersToLose > 0) {
            answersToLose--;
            throw new UnreachableException("the answer was lost");
        }
        return jobIds;
    }

    @Override
    public synchronized List<String> submit(Batch batch, Consumer<String> warnings)
            throws RefusedException, UnreachableException {
        List<String> taken = submit(batch);
        if (warning != null) {
            warnings.accept(warning.formatted(nextNumber - 1));
        }
        return taken;
    }

    @Override
    public synchronized Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException {
        calls.poll(jobIds.size());
        if (mistake instanceof Error error) {
            throw error;
        }
        if (mistake instanceof RuntimeException exception) {
            throw exception;
        }
        if (pollOutage != null) {
            throw new UnreachableException(pollOutage);
        }
        Map<String, BatchStatus> told = new HashMap<>();
        for (String jobId : jobIds) {
            TestBatchJob entry = jobs.get(jobId);
            if (entry != null && !forgotten.contains(jobId)) {
                told.put(jobId, lies.getOrDefault(jobId, entry.status()));
            }
        }
        return told;
    }

    @Override
    public synchronized Map<String, BatchUse> accountedUse(Collection<String> jobIds, Instant since)
            throws UnreachableException {
        useQuestions.add(Set.copyOf(jobIds));
        if (pollOutage != null) {
            throw new UnreachableException(pollOutage);
        }
        Map<String, BatchUse> told = new HashMap<>(uses);
        told.keySet().retainAll(jobIds);
        return told;
    }

    @Override
    public synchronized void cancel(String name, Collection<String> jobIds) throws RefusedException {
        calls.cancel(jobIds);
        onCancel.run();
        for (String jobId : jobIds) {
            TestBatchJob entry = jobs.get(jobId);
            if (entry == null) {
                continue;
            }
            if (!entry.batch.name().equals(name)) {
                throw new RefusedException(jobId + " is called " + entry.batch.name() + ", and not " + name);
            }
            if (entry.waits() || entry.runs()) {
                entry.cancelled = true;
                if (entry.process != null) {
                    entry.process.destroy();
                }
            }
        }
    }

    @Override
    public synchronized List<Integer> room(List<Placement> places) {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < room.size(); i++) {
            String partition = places.get(i).partition().orElse("none");
            left.add(room.get(i) - Collections.frequency(partitions(), partition));
        }
        return left;
    }

    /** The names of the jobs that it took, in order. */
    public synchronized List<String> names() {
        return jobs.values().stream().map(job -> job.batch.name()).toList();
    }

    /** The partitions of the jobs that it took, in order. */
    public synchronized List<String> partitions() {
        return jobs.values().stream()
                .map(job -> job.batch.placement().partition().orElse("none"))
                .toList();
    }

    @Override
    public synchronized int largestBatch() {
        if (sizeMistake != null) {
            throw sizeMistake;
        }
        return largestBatch;
    }

    @Override
    public synchronized Duration pollPeriod() {
        return pollPeriod;
    }

    @Override
    public synchronized boolean hasDependencies() {
        return hasDependencies;
    }

    @Override
    public synchronized boolean runsOnOwnHost() {
        return runsOnOwnHost;
    }

    /** What a job waits for. */
    public List<String> after(String jobId) {
        return entry(jobId).batch.after();
    }

    /** Whether all that a job waits for has ended well. */
    private boolean isDue(TestBatchJob job) {
        return job.batch.after().stream().allMatch(jobId -> {
            TestBatchJob entry = jobs.get(jobId);
            return entry != null && entry.isDone();
        });
    }

    private synchronized void dispatch() {
        long running = jobs.values().stream().filter(TestBatchJob::runs).count();
        for (Map.Entry<String, TestBatchJob> job : jobs.entrySet()) {
            if (holding || running >= width) {
                return;
            }
            if (job.getValue().waits() && isDue(job.getValue())) {
                try {
                    Process process = start(job.getValue(), job.getKey());
                    job.getValue().process = process;
                    process.onExit().thenRun(this::dispatch);
                    running++;
                    holding |= --startsLeft == 0;
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
    }

    private Process start(TestBatchJob entry, String name) throws IOException {
        Path log = Path.of(entry.batch.log() + "-" + entry.task + ".log");
        Path script = log.resolveSibling("script-" + name + ".sh");
        Files.writeString(script, script(entry.batch));
        ProcessBuilder builder = new ProcessBuilder("sh", script.toString(), Integer.toString(entry.task))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put(Batch.RESTARTS, Integer.toString(entry.restarts));
        return builder.start();
    }
}
