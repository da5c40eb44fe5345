package org.experimaestro.monitor.action;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;

/** A request that was sent to a run that goes on, and whose answer is awaited. Confined to one thread. */
public final class RunInquiry implements AutoCloseable {
    /** The longest time to wait for an answer; a run reads its requests each second. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** The number of pauses after the end of a run in which it may still write answers. */
    private static final int LAST_LOOKS = 10;

    private final RunFolder run;
    private final RunRequests requests;
    private final String what;
    private final String request;
    private final long sent = System.nanoTime();
    private boolean isOver;

    private RunInquiry(RunFolder run, RunRequests requests, String what, String request) {
        this.run = run;
        this.requests = requests;
        this.what = what;
        this.request = request;
    }

    /**
     * Sends a request to a run, and waits for the answer.
     *
     * @param run the run
     * @param action the action of the run, as in "Cannot stop the run x"
     * @param request the request
     * @return the message of the answer of a run that accepts
     * @throws WorkspaceException if the run cannot be asked, does not answer within 10 seconds, or refuses
     * @throws InterruptedException if this thread is interrupted
     */
    public static String ask(RunFolder run, String action, RunRequest request) throws InterruptedException {
        try (RunInquiry inquiry = send(run, action, request)) {
            return inquiry.await();
        }
    }

    /**
     * Sends a request to a run.
     *
     * @param run the run
     * @param action the action of the run, as in "Cannot stop the run x"
     * @param request the request
     * @return the inquiry, to be closed when its answer no longer counts
     * @throws WorkspaceException if the run cannot be asked
     */
    static RunInquiry send(RunFolder run, String action, RunRequest request) {
        String what = "Cannot " + action + " the run " + run.qualifiedName() + ": ";
        try {
            RunRequests requests = requests(run, what);
            return new RunInquiry(run, requests, what, requests.send(request));
        } catch (IOException failed) {
            throw notWritten(run, what, failed);
        } catch (JsonException | IllegalArgumentException damaged) {
            throw damaged(what, damaged);
        }
    }

    /**
     * Requires that a run seems to be under way, and takes requests.
     *
     * @param run the run
     * @param action the action of the run, as in "Cannot stop the run x"
     * @throws WorkspaceException if the run cannot be asked
     */
    static void requireListener(RunFolder run, String action) {
        String what = "Cannot " + action + " the run " + run.qualifiedName() + ": ";
        try {
            requests(run, what);
        } catch (JsonException | IllegalArgumentException damaged) {
            throw damaged(what, damaged);
        }
    }

    private static RunRequests requests(RunFolder run, String what) {
        RunRequests requests = new RunRequests(run);
        requests.findSilence().ifPresent(silence -> {
            throw WorkspaceException.of(what + "it " + silence).build();
        });
        return requests;
    }

    /**
     * Waits for the answer, until 10 seconds after the request was sent.
     *
     * @return the message of the answer of a run that accepts
     * @throws WorkspaceException if the run does not answer in time, or refuses
     * @throws InterruptedException if this thread is interrupted
     */
    String await() throws InterruptedException {
        try {
            RunRequests.Answer answer = awaitAnswer();
            isOver = true;
            if (!answer.isAccepted()) {
                throw WorkspaceException.of(what + answer.message()).build();
            }
            return answer.message();
        } catch (IOException failed) {
            throw notWritten(run, what, failed);
        } catch (JsonException | IllegalArgumentException damaged) {
            throw damaged(what, damaged);
        }
    }

    private RunRequests.Answer awaitAnswer() throws IOException, InterruptedException {
        int silent = 0;
        while (System.nanoTime() - sent < PATIENCE.toNanos()) {
            Optional<String> silence = requests.findSilence();
            Optional<RunRequests.Answer> answer = requests.findAnswer(request);
            if (answer.isPresent()) {
                return answer.get();
            }
            silent += silence.isPresent() ? 1 : 0;
            if (silence.isPresent() && silent > LAST_LOOKS) {
                withdraw();
                return new RunRequests.Answer(false, "it " + silence.get());
            }
            Thread.sleep(PAUSE);
        }
        // The run may have answered since, or have read the request just before it was withdrawn.
        Optional<RunRequests.Answer> answer = requests.findAnswer(request);
        if (answer.isEmpty()) {
            withdraw();
            answer = requests.findAnswer(request);
        }
        return answer.orElseThrow(() -> WorkspaceException.of(
                        what + "it has not answered for " + PATIENCE.toSeconds() + " s, and the request was taken back")
                .advice("look whether its process still runs, on the host where it was started")
                .build());
    }

    private void withdraw() throws IOException {
        isOver = true;
        requests.withdraw(request);
    }

    /**
     * Withdraws the request, unless it was answered.
     *
     * @throws WorkspaceException if it cannot be withdrawn
     */
    @Override
    public void close() {
        try {
            if (!isOver) {
                withdraw();
            }
        } catch (IOException failed) {
            throw notWritten(run, what, failed);
        }
    }

    private static WorkspaceException notWritten(RunFolder run, String what, IOException failed) {
        return WorkspaceException.of(what + Failures.reason(failed))
                .advice("who asks something of a run must be able to write in its folder " + run.path())
                .cause(failed)
                .build();
    }

    private static WorkspaceException damaged(String what, RuntimeException damaged) {
        return WorkspaceException.of(what + damaged.getMessage()).cause(damaged).build();
    }

    /**
     * Returns whether a run seems to be under way, and takes requests.
     *
     * @param run the run
     * @return false also for a run with damaged files
     */
    public static boolean mayAnswer(RunFolder run) {
        try {
            return new RunRequests(run).findSilence().isEmpty();
        } catch (WorkspaceException | JsonException | IllegalArgumentException damaged) {
            return false;
        }
    }
}
