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

/** A sender of a request to a run that goes on, which waits for the answer. Thread-safe. */
public final class RunInquiry {
    /** The longest time to wait for an answer; a run reads its requests each second. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(100);
    /** The number of pauses after the end of a run in which it may still write answers. */
    private static final int LAST_LOOKS = 10;

    private RunInquiry() {}

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
        String what = "Cannot " + action + " the run " + run.experiment() + "/" + run.name() + ": ";
        try {
            RunRequests requests = new RunRequests(run);
            Optional<String> silence = requests.findSilence();
            if (silence.isPresent()) {
                throw WorkspaceException.of(what + "it " + silence.get()).build();
            }
            RunRequests.Answer answer = await(requests, requests.send(request), what);
            if (!answer.isAccepted()) {
                throw WorkspaceException.of(what + answer.message()).build();
            }
            return answer.message();
        } catch (IOException failed) {
            throw WorkspaceException.of(what + Failures.reason(failed))
                    .advice("who asks something of a run must be able to write in its folder " + run.path())
                    .cause(failed)
                    .build();
        } catch (JsonException | IllegalArgumentException damaged) {
            throw WorkspaceException.of(what + damaged.getMessage())
                    .cause(damaged)
                    .build();
        }
    }

    private static RunRequests.Answer await(RunRequests requests, String request, String what)
            throws IOException, InterruptedException {
        boolean isAnswered = false;
        int silent = 0;
        try {
            for (Duration waited = Duration.ZERO; waited.compareTo(PATIENCE) < 0; waited = waited.plus(PAUSE)) {
                Optional<String> silence = requests.findSilence();
                Optional<RunRequests.Answer> answer = requests.findAnswer(request);
                if (answer.isPresent()) {
                    isAnswered = true;
                    return answer.get();
                }
                silent += silence.isPresent() ? 1 : 0;
                if (silence.isPresent() && silent > LAST_LOOKS) {
                    return new RunRequests.Answer(false, "it " + silence.get());
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            if (!isAnswered) {
                requests.withdraw(request);
            }
        }
        // The run may have read the request just before it was withdrawn.
        Optional<RunRequests.Answer> late = requests.findAnswer(request);
        if (late.isPresent()) {
            return late.get();
        }
        throw WorkspaceException.of(
                        what + "it has not answered for " + PATIENCE.toSeconds() + " s, and the request was taken back")
                .advice("look whether its process still runs, on the host where it was started")
                .build();
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
