package org.experimaestro.engine;

import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.experimaestro.base.file.FileOwner;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.guard.Uninterrupted;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.jspecify.annotations.Nullable;

/**
 * A poller of requests to a run while it goes on, which answers each request once. A request is accepted if its file
 * belongs to the run's user, to root, or to a user whom the run's user trusts.
 *
 * <p>Each second the poller reads the time of the requests' folder. It reads the files only if that time has changed,
 * and at the next two polls, because file systems may have times of whole seconds. A full disk, or a file system that
 * is unavailable for a while, delays the answers.
 */
final class RequestPoller implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final int LOOKS_AFTER_A_CHANGE = 3;
    private static final Duration LAST_ANSWER = Duration.ofSeconds(5);

    private final RunRequests requests;
    private final Function<RunRequest, RunRequests.Answer> handler;
    private final Predicate<String> trusted;
    private final RunListener listener;
    private final RunClock clock;
    private final Guard guard = new Guard("The code that answers requests");
    /** The handled requests. A request is not handled again if its answer is deleted. */
    private final Set<String> handled = new HashSet<>();
    /** The answers to handled requests that could not be written yet. */
    private final Map<String, RunRequests.Answer> unwritten = new HashMap<>();

    /** The folder's time at the last poll; {@code null} before the first one, and after one that failed. */
    private @Nullable FileTime before;

    private int looks;
    private boolean isWarned;

    private final ReentrantLock answering = new ReentrantLock();
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Creates a poller and starts it.
     *
     * @param requests the requests to the run, which are open
     * @param handler the function that performs a request and returns the answer
     * @param trusted the test whether the user of this run trusts another one, by the name
     * @param listener the listener that gets the answers, and a warning if requests cannot be read or answered
     * @param clock the clock of pauses and answers
     */
    RequestPoller(
            RunRequests requests,
            Function<RunRequest, RunRequests.Answer> handler,
            Predicate<String> trusted,
            RunListener listener,
            RunClock clock) {
        this.requests = requests;
        this.handler = handler;
        this.trusted = trusted;
        this.listener = listener;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("experimaestro-requests").start(this::poll);
    }

    private void poll() {
        try {
            while (!closed) {
                look();
                if (!closed) { // the interrupt of the end may have come just before an answer
                    clock.sleep(PERIOD);
                }
            }
            refuseAll();
        } catch (InterruptedException stopped) {
            refuseAll();
        } catch (RuntimeException | Error mistake) {
            guard.log(mistake);
        }
    }

    private void look() {
        try {
            FileTime now = requests.stamp();
            looks = now.equals(before) ? Math.max(0, looks - 1) : LOOKS_AFTER_A_CHANGE;
            before = now;
            if (looks > 0) {
                answerAll(this::handle);
            }
        } catch (IOException failed) {
            before = null; // so that the next look is at all files
            warn(failed);
        }
    }

    private void refuseAll() {
        try {
            answerAll(name -> refusal("the run has ended"));
        } catch (IOException failed) {
            warn(failed);
        }
    }

    /** Warns once, because a problem often lasts for a while. */
    private void warn(IOException failed) {
        if (!isWarned) {
            isWarned = true;
            listener.warning("Requests to this run cannot be read or answered at present: " + Failures.reason(failed));
        }
    }

    /**
     * Answers all open requests. The thread is not interrupted meanwhile, because a file that is being written would be
     * incomplete.
     */
    private void answerAll(Function<String, RunRequests.Answer> answers) throws IOException {
        answering.lock();
        try {
            Thread.interrupted();
            for (String name : requests.unanswered()) {
                if (handled.add(name)) {
                    unwritten.put(name, answers.apply(name));
                }
                RunRequests.Answer answer = unwritten.get(name);
                if (answer != null) {
                    requests.answer(name, answer, clock.instant());
                    unwritten.remove(name);
                }
            }
        } finally {
            answering.unlock();
        }
    }

    private RunRequests.Answer handle(String name) {
        RunRequests.Answer answer;
        String what = "request " + name;
        try {
            FileOwner owner = requests.owner(name);
            RunRequest request = requests.read(name).request();
            what = request + " of " + owner.name();
            answer = owner.isTrusted() || trusted.test(owner.name())
                    ? handler.apply(request)
                    : refusal("it belongs to " + owner.name() + ", whom the user of this run does not trust");
        } catch (IOException unreadable) {
            answer = refusal("it cannot be read: " + Failures.reason(unreadable));
        } catch (JsonException | IllegalArgumentException wrong) {
            answer = refusal(String.valueOf(wrong.getMessage()));
        } catch (RuntimeException | Error mistake) {
            guard.log(mistake);
            answer = refusal("the code that is to do it has failed: " + mistake);
        }
        listener.requested(what, answer.isAccepted(), answer.message());
        return answer;
    }

    private static RunRequests.Answer refusal(String why) {
        return new RunRequests.Answer(false, why);
    }

    /** Stops the poller. Open requests are answered before the return, unless that takes more than some seconds. */
    @Override
    public void close() {
        closed = true;
        Uninterrupted.await(LAST_ANSWER, this::interruptBetweenAnswers);
        Uninterrupted.await(LAST_ANSWER, thread::join);
    }

    private boolean interruptBetweenAnswers(Duration limit) throws InterruptedException {
        if (!answering.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            thread.interrupt();
            return true;
        } finally {
            answering.unlock();
        }
    }
}
