package org.experimaestro.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.notify.DueNotifications.Due;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SentNotifications;

/**
 * A sender of notifications about one run. It looks at the files of the run, and takes each notification in a file just
 * before it sends it. So any number of senders may look at a run, in its process or in others, and one of them sends each
 * notification. One that its sender took and could not deliver, for example because the sender was killed, is lost.
 * Thread-safe.
 */
public final class Notifier implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(10);
    /** A longer time between two looks means that the machine slept, and its jobs too. */
    private static final Duration SLEEP = Duration.ofMinutes(1);
    /** The waits before the further tries of a delivery. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));

    private static final Pattern TEMPORARY = Pattern.compile(Pattern.quote(AtomicFile.TEMPORARY) + "\\S+");

    private final RunWatch watch;
    private final SentNotifications sent;
    private final NotificationTexts texts;
    private final List<ChannelSender> senders;
    private final Clock clock;
    private final Consumer<String> problems;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("experimaestro-notifier").unstarted(this::follow);
    private final Set<String> told = new HashSet<>();
    private Instant lastLook = Instant.EPOCH;
    private Instant awakeSince = Instant.EPOCH;
    private Optional<Instant> lastSign = Optional.empty();
    private Instant signAsked = Instant.EPOCH;
    private boolean isOver;
    private boolean isClosing;

    Notifier(RunFolder run, Channels channels, Clock clock, Consumer<String> problems, List<Duration> retries) {
        this.watch = new RunWatch(run);
        this.sent = new SentNotifications(run);
        this.texts = new NotificationTexts(watch);
        this.clock = clock;
        this.problems = problems;
        this.senders = channels.all().stream()
                .map(channel -> new ChannelSender(channel, sent, retries, this::complain))
                .toList();
    }

    /**
     * Begins to look at a run, and to send.
     *
     * @param run the run
     * @param channels the channels
     * @param problems receives a sentence for each notification that is not delivered; called by any thread
     * @return the notifier, to be closed when the run is over
     */
    public static Notifier start(RunFolder run, Channels channels, Consumer<String> problems) {
        Notifier notifier = new Notifier(run, channels, Clock.systemUTC(), problems, RETRIES);
        notifier.thread.start();
        return notifier;
    }

    private synchronized void follow() {
        try {
            while (!isOver && !isClosing) {
                step();
                wait(BETWEEN_LOOKS.toMillis()); // which close() ends
            }
        } catch (InterruptedException ended) {
            return; // nobody interrupts this thread but the end of the process
        }
    }

    /** Looks once, and has sent what is due over channels that are free. What cannot be read is looked at later. */
    synchronized void step() {
        if (isOver) {
            return;
        }
        if (!watch.isThere()) {
            isOver = true; // it was cleaned
            return;
        }
        try {
            Instant now = clock.instant();
            if (now.isAfter(lastLook.plus(SLEEP))) {
                awakeSince = now;
            }
            lastLook = now;
            RunPicture picture = watch.look(this::complain);
            boolean isAllSent = true;
            for (ChannelSender sender : senders) {
                isAllSent &= send(sender, picture, now);
            }
            isOver = picture.isOver() && isAllSent;
        } catch (RuntimeException unreadable) {
            complain(String.valueOf(
                    unreadable instanceof WorkspaceException ? unreadable.getMessage() : unreadable.toString()));
        }
    }

    /** Returns whether there was nothing left to send. */
    private boolean send(ChannelSender sender, RunPicture picture, Instant now) {
        if (sender.isBusy()) {
            return false;
        }
        try {
            Optional<Due> due = DueNotifications.find(
                    sender.channel(), picture, sent.list(sender.receiver()), now, () -> lastSign(now));
            if (picture.isOver()
                    && due.filter(one -> sender.isUntaken(one.name())).isPresent()) {
                return true; // another try would not help
            }
            due.ifPresent(one -> sender.send(
                    one.name(),
                    one.event(),
                    one.told(picture),
                    now,
                    texts.of(one, sender.receiver(), picture, lastSign.orElse(picture.lastEvent()), now)));
            return due.isEmpty();
        } catch (WorkspaceException unreadable) {
            complain(String.valueOf(unreadable.getMessage()));
            return true; // a run that is over does not become readable
        }
    }

    /** Finds the last sign of progress, at most every 10 seconds: it looks at files of all jobs that run. */
    private Optional<Instant> lastSign(Instant now) {
        if (now.isAfter(signAsked.plus(BETWEEN_SIGNS))) {
            signAsked = now;
            lastSign = watch.lastSign().map(sign -> sign.isAfter(awakeSince) ? sign : awakeSince);
        }
        return lastSign;
    }

    /** Tells a problem once: a full disk stays full for a while. */
    private void complain(String problem) {
        boolean isNew;
        synchronized (told) {
            isNew = told.add(TEMPORARY.matcher(problem).replaceAll(""));
        }
        if (isNew) {
            problems.accept(problem);
        }
    }

    /** Waits until nothing is being sent. */
    void awaitIdle() throws InterruptedException {
        for (ChannelSender sender : senders) {
            sender.awaitIdle();
        }
    }

    /**
     * Returns once the run is over, and all is sent.
     *
     * @return whether all was delivered
     * @throws InterruptedException if the thread is interrupted
     */
    public boolean await() throws InterruptedException {
        thread.join();
        close(RETRIES.stream().reduce(Duration.ofMinutes(1), Duration::plus));
        synchronized (told) {
            return told.isEmpty();
        }
    }

    /** Looks for the last time, and waits for what is being sent, up to 20 seconds. */
    @Override
    public void close() {
        close(Duration.ofSeconds(20));
    }

    /**
     * Looks for the last time, and waits for what is being sent. A second call has nothing to do.
     *
     * @param limit the longest wait; what is not delivered by then is given up, and told as a problem
     */
    public void close(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (this) {
            isClosing = true;
            notifyAll();
        }
        // First what is being sent, then what was due behind it, such as the end.
        senders.forEach(sender -> sender.finish(end));
        step();
        senders.forEach(sender -> sender.finish(end));
        synchronized (this) {
            isOver = true;
        }
    }
}
