package org.experimaestro.web.action;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.experimaestro.LaunchException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.api.NotedAction;
import org.experimaestro.web.http.HttpProblem;
import org.jspecify.annotations.Nullable;

/**
 * The actions that were confirmed and are performed some seconds later. Until then, each of them can be undone, and has
 * changed nothing. They are performed one after the other. Thread-safe.
 */
public final class NotedActions {
    /** The time until an action is performed. */
    static final Duration HOLD = Duration.ofSeconds(10);

    /** The longest time that a question may ask for. */
    public static final Duration MOST_HOLD = Duration.ofMinutes(1);

    /** The most actions that wait at once. */
    static final int MOST_NOTED = 64;

    /** The most ended actions that are listed. */
    static final int MOST_ENDED = 16;

    private static final System.Logger LOGGER = System.getLogger(NotedActions.class.getName());
    private static final Duration MOST_ENDING = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final List<Entry> entries = new ArrayList<>();
    private @Nullable Thread performing;
    private int last;
    private boolean hasEnded;

    /** The part of an action that changes something, when its time has come. */
    @FunctionalInterface
    interface Performance {
        ActionAnswer perform() throws InterruptedException;
    }

    private record Entry(NotedAction action, Set<String> jobs, Performance performance, Monitored monitored) {
        Entry with(NotedAction next) {
            return new Entry(next, jobs, performance, monitored);
        }

        boolean is(NotedAction.State state) {
            return action.state() == state;
        }

        boolean isEnded() {
            return !is(NotedAction.State.NOTED) && !is(NotedAction.State.PERFORMING);
        }
    }

    /**
     * Creates a store without actions. Nothing is performed before {@link #start}.
     *
     * @param clock the clock by which actions are performed
     */
    public NotedActions(InstantSource clock) {
        this.clock = clock;
    }

    /** Starts to perform actions at their times, until {@link #end}. */
    public synchronized void start() {
        performing = Thread.ofVirtual().name("noted-actions").start(this::performAll);
    }

    private void performAll() {
        try {
            while (awaitDue()) {
                performDue();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until an action is due, and returns false at the end. */
    private synchronized boolean awaitDue() throws InterruptedException {
        Optional<Instant> next = nextTime();
        while (!hasEnded && (next.isEmpty() || next.get().isAfter(clock.instant()))) {
            if (next.isEmpty()) {
                wait();
            } else {
                TimeUnit.MILLISECONDS.timedWait(
                        this, Duration.between(clock.instant(), next.get()).toMillis() + 1);
            }
            next = nextTime();
        }
        return !hasEnded;
    }

    private Optional<Instant> nextTime() {
        return entries.stream()
                .filter(entry -> entry.is(NotedAction.State.NOTED))
                .map(entry -> entry.action().until())
                .min(Instant::compareTo);
    }

    /**
     * Notes an action.
     *
     * @param monitored the workspace, whose answers have the action from now on
     * @param kind the action
     * @param jobs the names of the jobs that it is for
     * @param hold the time until it is performed
     * @param performance performs it
     * @throws HttpProblem if another action that waits is for one of the jobs, too many wait, or the server ends
     */
    synchronized NotedAction note(
            Monitored monitored, ActionKind kind, Set<String> jobs, Duration hold, Performance performance) {
        if (hasEnded) {
            throw new HttpProblem(503, "Cannot " + kind.word() + ": the server ends");
        }
        if (entries.stream().filter(entry -> !entry.isEnded()).count() >= MOST_NOTED) {
            throw new HttpProblem(
                    503,
                    "Cannot " + kind.word() + ": " + MOST_NOTED + " actions wait to be performed",
                    "ask again in some seconds");
        }
        entries.stream().filter(entry -> !entry.isEnded()).forEach(entry -> requireOthers(kind, jobs, entry));
        last++;
        NotedAction action = new NotedAction(
                Integer.toString(last),
                kind.word(),
                jobs.size(),
                clock.instant().plus(hold));
        entries.add(new Entry(action, Set.copyOf(jobs), performance, monitored));
        changed(monitored);
        return action;
    }

    /** Requires that an action is for other jobs than one that waits, which would change them before. */
    private static void requireOthers(ActionKind kind, Set<String> jobs, Entry waiting) {
        long shared = jobs.stream().filter(waiting.jobs()::contains).count();
        if (shared > 0) {
            NotedAction other = waiting.action();
            throw new HttpProblem(
                    409,
                    "Cannot " + kind.word() + " " + counted(jobs.size()) + ": "
                            + (jobs.size() == 1 ? "it is" : shared == 1 ? "one of them is" : shared + " of them are")
                            + " in an action that waits already, the " + other.action() + " of "
                            + counted(other.jobs()),
                    "wait until that one is performed, or undo it first");
        }
    }

    /**
     * Undoes an action that was not performed yet.
     *
     * @throws HttpProblem if there is no such action, or it no longer waits
     */
    synchronized NotedAction undo(String id) {
        Entry found = entries.stream()
                .filter(entry -> entry.action().id().equals(id))
                .findFirst()
                .orElseThrow(() -> HttpProblem.notFound("There is no noted action \"" + id + "\""));
        NotedAction action = found.action();
        if (!found.is(NotedAction.State.NOTED)) {
            throw new HttpProblem(
                    409,
                    "Cannot undo the " + action.action() + " of " + counted(action.jobs()) + ": found it "
                            + action.state().name().toLowerCase(Locale.ROOT) + ", not noted",
                    lateAdvice(action));
        }
        replace(found, found.with(action.in(NotedAction.State.UNDONE)));
        return action;
    }

    /** Returns what can be done about an action that can no longer be undone. */
    private static String lateAdvice(NotedAction action) {
        boolean isRetry = action.action().equals(ActionKind.RETRY.word());
        return switch (action.state()) {
            case UNDONE, REFUSED -> "nothing was changed, so there is nothing to undo";
            case NOTED, PERFORMING, DONE ->
                isRetry
                        ? "kill the jobs that must not run, once they do"
                        : action.undo()
                                .map(entry -> "move the jobs back from the trash: undo the entry " + entry)
                                .orElse("move the jobs back from the trash, once they are there");
        };
    }

    /** Performs the actions whose times have come, in the order of these times. */
    void performDue() throws InterruptedException {
        Optional<Entry> due = takeDue();
        while (due.isPresent()) {
            Entry entry = due.get();
            NotedAction result = perform(entry);
            synchronized (this) {
                replace(entry, entry.with(result));
            }
            due = takeDue();
        }
    }

    private synchronized Optional<Entry> takeDue() {
        Instant now = clock.instant();
        Optional<Entry> due = hasEnded
                ? Optional.empty()
                : entries.stream()
                        .filter(entry -> entry.is(NotedAction.State.NOTED))
                        .filter(entry -> !entry.action().until().isAfter(now))
                        .min((one, other) ->
                                one.action().until().compareTo(other.action().until()));
        return due.map(entry -> {
            Entry taken = entry.with(entry.action().in(NotedAction.State.PERFORMING));
            replace(entry, taken);
            return taken;
        });
    }

    private static NotedAction perform(Entry entry) throws InterruptedException {
        NotedAction action = entry.action();
        try {
            ActionAnswer answer = entry.performance().perform();
            return action.done(
                    answer.possibleTotal(),
                    answer.impossibleTotal(),
                    answer.impossible().stream()
                            .map(ActionAnswer.Impossible::reason)
                            .findFirst(),
                    answer.undo());
        } catch (HttpProblem | WorkspaceException | LaunchException refused) {
            return action.refused(String.valueOf(refused.getMessage()));
        } catch (RuntimeException failed) {
            LOGGER.log(System.Logger.Level.WARNING, "The web server cannot perform an action", failed);
            return action.refused(HttpProblem.ofFault(failed).text());
        }
    }

    private void replace(Entry former, Entry next) {
        entries.set(entries.indexOf(former), next);
        long ended = entries.stream().filter(Entry::isEnded).count();
        for (int i = 0; ended > MOST_ENDED; i++) {
            if (entries.get(i).isEnded()) {
                entries.remove(i);
                i--;
                ended--;
            }
        }
        changed(next.monitored());
    }

    private void changed(Monitored monitored) {
        monitored.showNoted(entries.stream().map(Entry::action).toList());
        notifyAll();
    }

    /**
     * Ends this: the actions that wait are never performed.
     *
     * @return the actions that were dropped, such as {@code clean of 3 jobs}
     */
    public List<String> end() {
        List<String> dropped = new ArrayList<>();
        Thread ending;
        synchronized (this) {
            hasEnded = true;
            for (Entry entry : List.copyOf(entries)) {
                if (entry.is(NotedAction.State.NOTED)) {
                    NotedAction action = entry.action();
                    dropped.add(action.action() + " of " + counted(action.jobs()));
                    replace(entry, entry.with(action.in(NotedAction.State.UNDONE)));
                }
            }
            notifyAll();
            ending = performing;
        }
        if (ending != null) {
            awaitEnd(ending);
        }
        return dropped;
    }

    /** Lets an action that has begun come to its end, if that is near. */
    private static void awaitEnd(Thread ending) {
        try {
            if (!ending.join(MOST_ENDING)) {
                ending.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static String counted(int jobs) {
        return jobs == 1 ? "1 job" : jobs + " jobs";
    }
}
