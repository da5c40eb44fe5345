package org.experimaestro.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.ConfigId;
import org.experimaestro.notify.Channels.OpenChannel;
import org.experimaestro.notify.delivery.Delivery;
import org.experimaestro.notify.delivery.DeliveryException;
import org.experimaestro.notify.delivery.Notification;
import org.experimaestro.settings.NotificationEvent;
import org.experimaestro.settings.NotificationField;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.NotificationSettings.Desktop;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real files of a run, and a clock that obeys the test. */
class NotifierTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final ConfigId ID = ConfigId.parse("0123456789abcdef0123456789abcdef");
    private static final ConfigId OTHER = ConfigId.parse("fedcba9876543210fedcba9876543210");

    @TempDir
    private Path folder;

    private final BlockingQueue<Notification> delivered = new LinkedBlockingQueue<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> description = new HashMap<>();
    private volatile CountDownLatch begun = new CountDownLatch(0);
    private volatile CountDownLatch slowness = new CountDownLatch(0);
    private volatile int failing;
    private volatile boolean isFailureFinal;
    private RunFolder run;
    private RunJournal journal;
    private Instant now = START;

    @BeforeEach
    void begin() throws IOException {
        run = Workspace.open(folder).experiment("grid").newRun(START);
        journal = run.openJournal();
        description.put("started", "2026-01-31T12:00:00.000Z");
        description.put("process", ProcessIdentity.current().toJson());
        run.describe(description);
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob("a.learn", ID, Map.of("seed", 1L), List.of(), "", START));
            jobs.add(new RunFolder.SubmittedJob("a.learn", OTHER, Map.of("seed", 2L), List.of(), "", START));
        }
    }

    @AfterEach
    void end() throws IOException {
        journal.close();
    }

    @Test
    void firstFailure_isToldWithItsJob() throws Exception {
        event(ID, "RUNNING", "");
        event(OTHER, "RUNNING", "");
        event(ID, "FAILED", "java.lang.IllegalStateException: no \u001b[2J word\nat a.b");
        try (Notifier notifier = notifier()) {
            notifier.step();
            Notification told = delivered.take();

            assertThat(told.value(NotificationField.TITLE)).isEqualTo("grid: a job has failed");
            assertThat(told.value(NotificationField.TEXT).lines())
                    .containsExactly(
                            "a.learn/01234567 (seed=1): java.lang.IllegalStateException: no \\u001B[2J word",
                            "0 of 2 jobs done, 1 failed, 1 running.",
                            "experimaestro jobs list state=failed --experiment grid --workdir " + folder);
            assertThat(told.value(NotificationField.RUN)).isEqualTo("grid/20260131-120000");
            assertThat(told.key()).hasSize(36);
        }
        assertThat(delivered).isEmpty();
    }

    @Test
    void laterFailures_areOneLineForEachKind() throws Exception {
        event(ID, "FAILED", "no room for 5 bytes");
        try (Notifier notifier = notifier()) {
            notifier.step();
            delivered.take();
            await(notifier);
            event(ID, "RUNNING", "");
            event(ID, "FAILED", "no room for 17 bytes");
            event(OTHER, "FAILED", "no room for 3 bytes");
            notifier.step();
            assertThat(delivered).isEmpty();
            now = now.plus(Duration.ofMinutes(15));
            notifier.step();
            Notification told = delivered.take();

            assertThat(told.value(NotificationField.TITLE)).isEqualTo("grid: 2 more jobs have failed");
            assertThat(told.value(NotificationField.TEXT))
                    .startsWith("2 jobs, a.learn/01234567 (seed=1), a.learn/fedcba98 (seed=2): no room for 17 bytes\n");
        }
        assertThat(delivered).isEmpty();
    }

    @Test
    void end_isToldOnce_alsoByAnotherSender() throws Exception {
        event(ID, "DONE", "");
        event(OTHER, "FAILED", "broken");
        finish("FAILED");
        now = now.plus(Duration.ofMinutes(3));
        for (int i = 0; i < 3; i++) {
            try (Notifier notifier = notifier()) {
                notifier.step();
                notifier.step();
            }
            now = now.plus(Duration.ofHours(1));
        }

        Notification told = delivered.take();
        assertThat(told.value(NotificationField.TITLE)).isEqualTo("grid has failed: 1 of 2 jobs");
        assertThat(told.value(NotificationField.TEXT))
                .startsWith("1 of 2 jobs done, 1 failed. It took 3 min 0 s.\na.learn/fedcba98 (seed=2): broken\n");
        assertThat(delivered).isEmpty();
    }

    /** As many senders as a person may start, at the same moment. */
    @Test
    void senders_thatRace_sendOnce() throws Exception {
        finish("DONE");
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            Notifier notifier = notifier();
            senders.add(Thread.ofVirtual().start(notifier::close));
        }
        for (Thread sender : senders) {
            sender.join();
        }

        assertThat(delivered).hasSize(1);
    }

    @Test
    void died_isToldByTheNextSender() throws Exception {
        Process process = new ProcessBuilder("sleep", "1000").start();
        description.put(
                "process", ProcessIdentity.find(process.pid()).orElseThrow().toJson());
        run.describe(description);
        event(ID, "RUNNING", "");
        try (Notifier notifier = notifier()) {
            notifier.step();
            assertThat(delivered).isEmpty();
            process.destroyForcibly().waitFor();
            notifier.step();
        }

        Notification told = delivered.take();
        assertThat(told.value(NotificationField.TITLE)).isEqualTo("grid has ended without a result: 0 of 1 job done");
        assertThat(told.value(NotificationField.OUTCOME)).isEqualTo("died");
        assertThat(told.value(NotificationField.TEXT)).contains("disappeared without recording a result");
    }

    @Test
    void stall_outputOfAJob_isProgress() throws Exception {
        journal.add(new RunEvent(START, "a.learn/" + ID, "RUNNING", OptionalInt.of(1), ""));
        Path log = Workspace.open(folder).job("a.learn", ID).standardOutput(1);
        Files.createDirectories(log.getParent());
        Files.writeString(log, "epoch 1\n");
        now = Files.getLastModifiedTime(log).toInstant();
        Instant end = now.plus(Duration.ofHours(1));
        try (Notifier notifier = notifier()) {
            for (; now.isBefore(end); now = now.plusSeconds(30)) {
                notifier.step();
                await(notifier);
                assertThat(delivered).as("at %s", now).isEmpty();
            }
            now = end.plusSeconds(10);
            notifier.step();
        }

        Notification told = delivered.take();
        assertThat(told.value(NotificationField.TITLE)).startsWith("grid: no progress for 1 h 0 min");
        assertThat(told.value(NotificationField.TEXT)).startsWith("1 job runs: a.learn/01234567 (seed=1)\n");
    }

    @Test
    void receiver_thatFailsForAWhile_isTriedAgain() throws Exception {
        failing = 2;
        finish("DONE");
        notifier().close();

        assertThat(delivered).hasSize(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void receiver_thatRefuses_isComplainedAboutOnce() throws Exception {
        failing = 1;
        isFailureFinal = true;
        finish("DONE");
        notifier().close();
        notifier().close();

        assertThat(delivered).isEmpty();
        assertThat(problems)
                .containsExactly(
                        "Cannot deliver the notification \"grid is done: 0 jobs\" over the channel chat: no such"
                                + " hook");
    }

    @Test
    void damagedJournal_isComplainedAboutOnce_andReadOnAfterwards() throws Exception {
        event(ID, "FAILED", "broken");
        Path file = run.journalFile();
        String whole = Files.readString(file);
        Files.writeString(file, "?" + whole);
        try (Notifier notifier = notifier()) {
            notifier.step();
            notifier.step();
            assertThat(problems).hasSize(1);
            Files.writeString(file, whole);
            notifier.step();
        }

        assertThat(delivered).hasSize(1);
    }

    /** A machine that sleeps for hours has jobs that sleep too. */
    @Test
    void stall_timeOfSleep_doesNotCount() throws Exception {
        journal.add(new RunEvent(START, "a.learn/" + ID, "RUNNING", OptionalInt.of(1), ""));
        Path log = Workspace.open(folder).job("a.learn", ID).standardOutput(1);
        Files.createDirectories(log.getParent());
        Files.writeString(log, "epoch 1\n");
        now = Files.getLastModifiedTime(log).toInstant();
        try (Notifier notifier = notifier()) {
            notifier.step();
            now = now.plus(Duration.ofHours(8));
            notifier.step();
            now = now.plus(Duration.ofSeconds(30));
            notifier.step();
        }
        assertThat(delivered).isEmpty();
    }

    /** As on a host whose files are copied here later. */
    @Test
    void stall_jobWithoutFilesHere_isUnknown() throws Exception {
        journal.add(new RunEvent(START, "a.learn/" + ID, "RUNNING", OptionalInt.of(1), ""));
        try (Notifier notifier = notifier()) {
            for (; now.isBefore(START.plus(Duration.ofHours(3))); now = now.plusSeconds(30)) {
                notifier.step();
            }
        }
        assertThat(delivered).isEmpty();
    }

    @Test
    void receiver_thatIsSlow_getsTheEndAfterwards() throws Exception {
        event(ID, "FAILED", "broken");
        begun = new CountDownLatch(1);
        slowness = new CountDownLatch(1);
        Notifier notifier = notifier();
        notifier.step();
        begun.await();
        finish("FAILED");
        notifier.step();
        slowness.countDown();
        notifier.close();

        assertThat(delivered.stream().map(told -> told.value(NotificationField.EVENT)))
                .containsExactly("failure", "end");
    }

    @Test
    void receiver_thatDoesNotAnswer_isGivenUpWithAWord_andTheEndIsLeftToOthers() throws Exception {
        event(ID, "FAILED", "broken");
        begun = new CountDownLatch(1);
        slowness = new CountDownLatch(1);
        Notifier notifier = notifier();
        notifier.step();
        begun.await();
        notifier.close(Duration.ofMillis(50));
        assertThat(problems).singleElement().asString().contains("a job has failed", "there was no more time");

        finish("FAILED");
        slowness.countDown();
        notifier().close();
        assertThat(delivered.stream().map(told -> told.value(NotificationField.EVENT)))
                .containsExactly("end");
    }

    @Test
    void folderOfTheRun_thatIsCleaned_endsTheNotifier() throws Exception {
        Notifier notifier = Notifier.start(run, new Channels(List.of()), problems::add);
        journal.close();
        Files.move(run.path(), folder.resolve("elsewhere"));
        assertThat(notifier.await()).isTrue();
        Files.move(folder.resolve("elsewhere"), run.path());
    }

    /** Waits until what is being sent is sent. */
    private static void await(Notifier notifier) throws InterruptedException {
        notifier.awaitIdle();
    }

    private void event(ConfigId job, String phase, String message) throws IOException {
        journal.add(new RunEvent(now, "a.learn/" + job, phase, OptionalInt.empty(), message));
    }

    private void finish(String outcome) throws IOException {
        description.put("ended", "2026-01-31T12:03:00.000Z");
        description.put("outcome", outcome);
        run.describe(description);
    }

    private Notifier notifier() {
        Channel channel = new Channel(
                "chat",
                new Desktop(),
                EnumSet.allOf(NotificationEvent.class),
                Duration.ofHours(1),
                Duration.ofMinutes(15),
                "settings.yaml:1");
        Delivery delivery = notification -> {
            begun.countDown();
            slowness.await();
            if (failing > 0) {
                failing--;
                throw new DeliveryException("no such hook", isFailureFinal);
            }
            delivered.add(notification);
        };
        Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };
        return new Notifier(
                run,
                new Channels(List.of(new OpenChannel(channel, "chat-1", delivery))),
                clock,
                problems::add,
                List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
