package org.experimaestro.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.notify.DueNotifications.Due;
import org.experimaestro.settings.NotificationEvent;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.NotificationSettings.Desktop;
import org.experimaestro.workspace.SentNotification;
import org.junit.jupiter.api.Test;

class DueNotificationsTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration STALL = Duration.ofMinutes(30);
    private static final Duration DIGEST = Duration.ofMinutes(15);

    private final List<SentNotification> sent = new ArrayList<>();
    private Instant now = START;

    @Test
    void failures_firstAtOnce_othersTogetherAfterTheTime() {
        assertThat(find(running(0), NotificationEvent.FAILURE)).isEmpty();
        assertThat(find(running(1), NotificationEvent.FAILURE))
                .contains(new Due("failure-1", NotificationEvent.FAILURE, 0));
        pass(Duration.ofMinutes(14));
        assertThat(find(running(9), NotificationEvent.FAILURE)).isEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(find(running(12), NotificationEvent.FAILURE))
                .contains(new Due("failure-2", NotificationEvent.FAILURE, 1));
        pass(Duration.ofHours(1));
        assertThat(find(running(12), NotificationEvent.FAILURE))
                .as("no new failure")
                .isEmpty();
        assertThat(find(running(13), NotificationEvent.FAILURE))
                .contains(new Due("failure-3", NotificationEvent.FAILURE, 12));
    }

    @Test
    void end_tellsOnce_andTheFailuresThatWereNotTold() {
        find(running(1));
        assertThat(find(over("failed", 3))).contains(new Due("end", NotificationEvent.END, 1));
        assertThat(find(over("failed", 3))).isEmpty();
    }

    @Test
    void end_ofAShortRun_isTheOnlyNotification() {
        assertThat(find(over("failed", 3))).contains(new Due("end", NotificationEvent.END, 0));
        assertThat(find(over("failed", 3))).isEmpty();
    }

    @Test
    void end_unwanted_failuresAreToldAtOnce() {
        find(running(1), NotificationEvent.FAILURE);
        assertThat(find(over("failed", 3), NotificationEvent.FAILURE))
                .contains(new Due("failure-2", NotificationEvent.FAILURE, 1));
        assertThat(find(over("failed", 3), NotificationEvent.FAILURE)).isEmpty();
    }

    @Test
    void stall_isToldOnceForEachStop() {
        pass(STALL.minusSeconds(1));
        assertThat(find(running(0))).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(find(running(0)).map(Due::event)).contains(NotificationEvent.STALL);
        pass(STALL);
        assertThat(find(running(0))).isEmpty();

        Instant progress = now;
        pass(STALL);
        assertThat(find(running(0), progress).map(Due::event)).contains(NotificationEvent.STALL);
        assertThat(find(running(0), progress)).isEmpty();
    }

    @Test
    void stall_signOfAJob_isProgress() {
        pass(STALL);
        assertThat(find(running(0), now.minusSeconds(5))).isEmpty();
    }

    @Test
    void stall_doesNotTellFailures_soTheEndDoes() {
        pass(STALL);
        assertThat(find(running(2), NotificationEvent.STALL, NotificationEvent.END)
                        .map(Due::event))
                .contains(NotificationEvent.STALL);
        assertThat(find(over("failed", 2), NotificationEvent.STALL, NotificationEvent.END))
                .contains(new Due("end", NotificationEvent.END, 0));
    }

    @Test
    void failure_ofAJobThatIsDoneByNow_isNotTold() {
        RunPicture failed = running(1);
        RunPicture retried = new RunPicture(
                "running",
                false,
                failed.began(),
                failed.ended(),
                "vm",
                Map.of(),
                Map.of(),
                failed.running(),
                Set.of(),
                failed.failures(),
                START);
        assertThat(find(retried)).isEmpty();
    }

    @Test
    void stall_nothingRuns_isNone() {
        pass(Duration.ofDays(1));
        assertThat(find(picture("running", false, 0, Set.of()))).isEmpty();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Optional<Due> find(RunPicture picture, NotificationEvent... events) {
        return find(picture, picture.lastEvent(), events);
    }

    /** Finds what is due, and sends it. */
    private Optional<Due> find(RunPicture picture, Instant lastSign, NotificationEvent... events) {
        Set<NotificationEvent> wanted =
                events.length == 0 ? EnumSet.allOf(NotificationEvent.class) : EnumSet.copyOf(Arrays.asList(events));
        Channel channel = new Channel("chat", new Desktop(), wanted, STALL, DIGEST, "settings.yaml:1");
        Optional<Due> due = DueNotifications.find(channel, picture, sent, now, () -> Optional.of(lastSign));
        due.ifPresent(one -> sent.add(new SentNotification("chat", one.event().word(), now, one.told(picture))));
        return due;
    }

    private static RunPicture running(int failures) {
        return picture("running", false, failures, Set.of("a/b"));
    }

    private static RunPicture over(String outcome, int failures) {
        return picture(outcome, true, failures, Set.of());
    }

    private static RunPicture picture(String outcome, boolean isOver, int failures, Set<String> running) {
        List<RunPicture.Failure> all = new ArrayList<>();
        Set<String> failing = new HashSet<>();
        for (int i = 0; i < failures; i++) {
            all.add(new RunPicture.Failure("a/" + i, "broken"));
            failing.add("a/" + i);
        }
        return new RunPicture(
                outcome,
                isOver,
                Optional.of(START),
                Optional.empty(),
                "vm",
                Map.of(),
                Map.of(),
                running,
                failing,
                all,
                START);
    }
}
