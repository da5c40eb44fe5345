package org.experimaestro.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.experimaestro.settings.NotificationEvent;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.workspace.SentNotification;

/**
 * The rules for what is due on a channel. The end comes once, and tells all failures that were not told before. The
 * first failure is told at once; those after it together, when some time has passed. A stall is told once for each
 * stop of progress.
 */
final class DueNotifications {
    private DueNotifications() {}

    /**
     * A notification that is due.
     *
     * @param name the name that tells it from all others of the channel
     * @param event the event
     * @param toldBefore the number of failures that earlier notifications have told
     */
    record Due(String name, NotificationEvent event, int toldBefore) {
        /** Returns the number of failures that are told with this notification or before it. */
        int told(RunPicture picture) {
            return event == NotificationEvent.STALL
                    ? toldBefore
                    : picture.failures().size();
        }
    }

    /**
     * Finds what is due.
     *
     * @param channel the channel
     * @param picture the run as it is
     * @param sent the notifications that were sent over the channel before, the oldest first
     * @param now the time
     * @param lastSign finds the last sign of progress, if it can be known; called only if the journal shows none for long
     *     enough
     */
    static Optional<Due> find(
            Channel channel,
            RunPicture picture,
            List<SentNotification> sent,
            Instant now,
            Supplier<Optional<Instant>> lastSign) {
        int told = sent.stream().mapToInt(SentNotification::failures).max().orElse(0);
        if (picture.isOver() && channel.events().contains(NotificationEvent.END)) {
            boolean isTold = sent.stream().anyMatch(one -> is(one, NotificationEvent.END));
            return isTold ? Optional.empty() : Optional.of(new Due("end", NotificationEvent.END, told));
        }
        if (channel.events().contains(NotificationEvent.FAILURE)
                && !picture.failuresAfter(told).isEmpty()) {
            List<SentNotification> failures = sent.stream()
                    .filter(one -> is(one, NotificationEvent.FAILURE))
                    .toList();
            boolean isTime = failures.isEmpty()
                    || picture.isOver()
                    || has(failures.getLast().time(), channel.digest(), now);
            if (isTime) {
                return Optional.of(new Due("failure-" + (failures.size() + 1), NotificationEvent.FAILURE, told));
            }
        }
        if (channel.events().contains(NotificationEvent.STALL)
                && !picture.isOver()
                && !picture.running().isEmpty()
                && has(picture.lastEvent(), channel.stall(), now)) {
            return lastSign.get()
                    .filter(last -> has(last, channel.stall(), now))
                    .filter(last -> sent.stream()
                            .noneMatch(one -> is(one, NotificationEvent.STALL)
                                    && one.time().isAfter(last)))
                    .map(last -> new Due("stall-" + last.toEpochMilli(), NotificationEvent.STALL, told));
        }
        return Optional.empty();
    }

    private static boolean is(SentNotification sent, NotificationEvent event) {
        return sent.event().equals(event.word());
    }

    /** Returns whether a time has passed since a moment. */
    private static boolean has(Instant since, Duration time, Instant now) {
        return !now.isBefore(since.plus(time));
    }
}
