package org.experimaestro.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.notify.Channels.OpenChannel;
import org.experimaestro.notify.delivery.DeliveryException;
import org.experimaestro.notify.delivery.Notification;
import org.experimaestro.settings.NotificationEvent;
import org.experimaestro.settings.NotificationField;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.workspace.SentNotification;
import org.experimaestro.workspace.SentNotifications;
import org.jspecify.annotations.Nullable;

/**
 * The sender of one channel. It sends one notification at a time, in a thread of its own, so that a slow receiver delays
 * no other channel. Thread-safe.
 */
final class ChannelSender {
    /** The time for the words about what could not be delivered. */
    private static final long LAST_WORD_MILLIS = 1_000;

    private final OpenChannel open;
    private final SentNotifications sent;
    private final List<Duration> retries;
    private final Consumer<String> problems;
    private final Set<String> untaken = new HashSet<>();
    private @Nullable Thread sending;
    /** The time of {@link System#nanoTime} at which deliveries are given up; {@code null} as long as nobody waits. */
    private @Nullable Long end;

    ChannelSender(OpenChannel open, SentNotifications sent, List<Duration> retries, Consumer<String> problems) {
        this.open = open;
        this.sent = sent;
        this.retries = List.copyOf(retries);
        this.problems = problems;
    }

    Channel channel() {
        return open.channel();
    }

    String receiver() {
        return open.receiver();
    }

    /** Returns whether a notification is being sent. */
    synchronized boolean isBusy() {
        return sending != null;
    }

    /** Takes and delivers a notification, unless another sender has taken it. The channel is not busy. */
    synchronized void send(String name, NotificationEvent event, int told, Instant now, Notification notification) {
        var record = new SentNotification(open.receiver(), event.word(), now, told);
        sending = Thread.ofVirtual().name("experimaestro-notification").start(() -> {
            try {
                if (sent.take(name, record)) {
                    deliver(notification);
                }
            } catch (WorkspaceException failed) {
                problems.accept(String.valueOf(failed.getMessage()));
                couldNotTake(name);
            } finally {
                free();
            }
        });
    }

    private synchronized void couldNotTake(String name) {
        untaken.add(name);
    }

    /** Returns whether a notification could not be taken, as on a full disk or without the right to write. */
    synchronized boolean isUntaken(String name) {
        return untaken.contains(name);
    }

    private synchronized void free() {
        sending = null;
        notifyAll();
    }

    private void deliver(Notification notification) {
        try {
            for (int tries = 0; ; tries++) {
                try {
                    open.delivery().deliver(notification);
                    return;
                } catch (DeliveryException failed) {
                    if (failed.isFinal() || tries == retries.size() || !pause(retries.get(tries))) {
                        complain(notification, String.valueOf(failed.getMessage()));
                        return;
                    }
                }
            }
        } catch (InterruptedException late) {
            complain(notification, "there was no more time");
        } catch (RuntimeException unforeseen) {
            complain(notification, unforeseen.getClass().getSimpleName());
        }
    }

    /** Waits before another try; returns false if there is no time for one. */
    private synchronized boolean pause(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        for (long left = time.toMillis(); left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            if (end != null && end - until < 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /**
     * Waits for what is being sent, and gives it up at a time.
     *
     * @param time the time of {@link System#nanoTime}
     */
    synchronized void finish(long time) {
        end = time;
        notifyAll(); // a pause may be too long now
        boolean isInterrupted = false;
        try {
            await(time);
        } catch (InterruptedException hurry) {
            isInterrupted = true;
        }
        Thread late = sending;
        if (late != null) {
            late.interrupt();
            try {
                await(System.nanoTime() + LAST_WORD_MILLIS * 1_000_000);
            } catch (InterruptedException hurry) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until nothing is being sent. */
    synchronized void awaitIdle() throws InterruptedException {
        while (sending != null) {
            wait();
        }
    }

    private void await(long time) throws InterruptedException {
        for (long left = millis(time); sending != null && left > 0; left = millis(time)) {
            wait(left);
        }
    }

    private static long millis(long time) {
        return (time - System.nanoTime()) / 1_000_000;
    }

    private void complain(Notification notification, String reason) {
        problems.accept("Cannot deliver the notification \"" + notification.value(NotificationField.TITLE)
                + "\" over the channel " + open.channel().name() + ": " + reason);
    }
}
