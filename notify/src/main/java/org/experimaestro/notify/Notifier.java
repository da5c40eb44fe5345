package org.experimaestro.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.notify.Channels.OpenChannel;
import org.experimaestro.notify.DueNotifications.Due;
import org.experimaestro.notify.delivery.DeliveryException;
import org.experimaestro.notify.delivery.Notification;
import org.experimaestro.settings.NotificationField;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SentNotification;
import org.experimaestro.workspace.SentNotifications;

/**
 * A sender of notifications about one run. It looks at the files of the run, and takes each notification in a file before
 * it sends it. So any number of senders may look at a run, in its process or in others, and each notification is sent at
 * most once. One that its sender took and could not deliver, for example because the sender was killed, is lost.
 */
public final class Notifier implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_SIGNS = Duration.ofSeconds(10);
    /** The waits before the further tries of a delivery. */
    private static final List<Duration> RETRIES =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60));

    private final RunWatch watch;
    private final SentNotifications sent;
    private final NotificationTexts texts;
    private final Map<OpenChannel, ExecutorService> senders = new HashMap<>();
    private final Clock clock;
    private final Consumer<String> problems;
    private final List<Duration> retries;
    private final Thread thread =
            Thread.ofPlatform().daemon().name("experimaestro-notifier").unstarted(this::follow);
    private String lastProblem = "";
    private Instant lastSign = Instant.EPOCH;
    private Instant signAsked = Instant.EPOCH;
    private volatile boolean isOver;
    private boolean isClosed;

    Notifier(RunFolder run, Channels channels, Clock clock, Consumer<String> problems, List<Duration> retries) {
        this.watch = new RunWatch(run);
        this.sent = new SentNotifications(run);
        this.texts = new NotificationTexts(watch);
        this.clock = clock;
        this.problems = problems;
        this.retries = List.copyOf(retries);
        for (OpenChannel channel : channels.all()) {
            // One thread for each channel: a slow receiver delays no other, and the order is kept.
            senders.put(
                    channel,
                    Executors.newSingleThreadExecutor(Thread.ofVirtual().factory()));
        }
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

    private void follow() {
        try {
            while (!isOver) {
                step();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException closed) {
            return; // close() takes the last look
        }
    }

    /** Looks once, and sends what is due. A run that cannot be read is looked at again later. */
    synchronized void step() {
        if (isOver || isClosed) {
            return;
        }
        try {
            RunPicture picture = watch.look();
            Instant now = clock.instant();
            for (Map.Entry<OpenChannel, ExecutorService> sender : senders.entrySet()) {
                send(sender.getKey(), sender.getValue(), picture, now);
            }
            isOver = picture.isOver();
            lastProblem = "";
        } catch (WorkspaceException unreadable) {
            String problem = String.valueOf(unreadable.getMessage());
            if (!problem.equals(lastProblem)) {
                problems.accept(problem);
            }
            lastProblem = problem;
        }
    }

    private void send(OpenChannel open, ExecutorService sender, RunPicture picture, Instant now) {
        Channel channel = open.channel();
        Optional<Due> found =
                DueNotifications.find(channel, picture, sent.list(channel.name()), now, () -> lastSign(now));
        if (found.isEmpty()) {
            return;
        }
        Due due = found.get();
        Notification notification = texts.of(due, channel.name(), picture, now);
        boolean isOurs = sent.take(
                due.name(),
                new SentNotification(
                        channel.name(),
                        due.event().word(),
                        now,
                        picture.failures().size()));
        if (isOurs) {
            sender.execute(() -> deliver(open, notification));
        }
    }

    /** Finds the last sign of progress, at most every 10 seconds: it looks at files of all jobs that run. */
    private Instant lastSign(Instant now) {
        if (now.isAfter(signAsked.plus(BETWEEN_SIGNS))) {
            signAsked = now;
            lastSign = watch.lastSign();
        }
        return lastSign;
    }

    private void deliver(OpenChannel open, Notification notification) {
        try {
            for (int tries = 0; ; tries++) {
                try {
                    open.delivery().deliver(notification);
                    return;
                } catch (DeliveryException failed) {
                    if (failed.isFinal() || tries == retries.size()) {
                        complain(open, notification, String.valueOf(failed.getMessage()));
                        return;
                    }
                    Thread.sleep(retries.get(tries));
                }
            }
        } catch (InterruptedException late) {
            complain(open, notification, "there was no more time");
        }
    }

    private void complain(OpenChannel open, Notification notification, String reason) {
        problems.accept("Cannot deliver the notification \""
                + notification.value(NotificationField.TITLE) + "\" over the channel "
                + open.channel().name() + ": " + reason);
    }

    /**
     * Returns once the run is over, and all is sent.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    public void await() throws InterruptedException {
        thread.join();
        close(RETRIES.stream().reduce(Duration.ofMinutes(1), Duration::plus));
    }

    /** Looks for the last time, and waits for what is being sent, up to 20 seconds. */
    @Override
    public void close() {
        close(Duration.ofSeconds(20));
    }

    /**
     * Looks for the last time, and waits for what is being sent.
     *
     * @param limit the longest wait; what is not delivered by then is given up
     */
    public void close(Duration limit) {
        thread.interrupt();
        step();
        synchronized (this) {
            isClosed = true;
        }
        long end = System.nanoTime() + limit.toNanos();
        senders.values().forEach(ExecutorService::shutdown);
        boolean interrupted = false;
        for (ExecutorService sender : senders.values()) {
            try {
                if (!sender.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    sender.shutdownNow();
                    sender.awaitTermination(1, TimeUnit.SECONDS); // it says what it could not deliver
                }
            } catch (InterruptedException hurry) {
                sender.shutdownNow();
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
