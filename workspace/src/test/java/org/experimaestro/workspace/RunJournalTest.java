package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunJournalTest {
    private static final String JOB = "test.job/0123456789abcdef0123456789abcdef";
    private static final RunEvent READY = event("READY", OptionalInt.empty(), "");
    private static final RunEvent RUNNING = event("RUNNING", OptionalInt.of(2), "");
    private static final RunEvent FAILED = event("FAILED", OptionalInt.of(2), "déjà\nvu");

    @TempDir
    Path root;

    private RunFolder run;
    private Path file;

    private static RunEvent event(String phase, OptionalInt attempt, String message) {
        return new RunEvent(Instant.parse("2026-11-23T21:56:17.339Z"), JOB, phase, attempt, message);
    }

    @BeforeEach
    void begin() throws IOException {
        run = Workspace.open(root).experiment("digits").newRun(Instant.EPOCH);
        file = run.path().resolve("events.jsonl");
    }

    private long read(long offset, List<RunEvent> read) {
        return run.readEvents(offset, read::add);
    }

    private List<RunEvent> all() {
        List<RunEvent> all = new ArrayList<>();
        read(0, all);
        return all;
    }

    @Test
    void readEvents_noJournal_isNothing() {
        assertThat(run.readEvents(0, event -> assertThat(event).isNull())).isZero();
    }

    @Test
    void add_changes_areReadAtOnceFromWhereTheLastCallEnded() throws IOException {
        try (RunJournal journal = run.openJournal()) {
            journal.add(READY);
            assertThat(file)
                    .hasContent("{\"time\":\"2026-11-23T21:56:17.339Z\",\"job\":\"" + JOB + "\",\"phase\":\"READY\"}");
            List<RunEvent> first = new ArrayList<>();
            long offset = read(0, first);
            assertThat(first).containsExactly(READY);

            journal.add(RUNNING);
            journal.add(FAILED);
            List<RunEvent> next = new ArrayList<>();
            long end = read(offset, next);
            assertThat(next).containsExactly(RUNNING, FAILED);
            assertThat(end).isEqualTo(Files.size(file));
            assertThat(read(end, next)).isEqualTo(end);
            assertThat(next).hasSize(2);
        }
    }

    @Test
    void readEvents_lastLineTornAnywhere_isLeftForTheNextCall() throws IOException {
        try (RunJournal journal = run.openJournal()) {
            journal.add(READY);
            journal.add(FAILED);
        }
        byte[] whole = Files.readAllBytes(file);
        long firstLine = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = (int) firstLine; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            List<RunEvent> read = new ArrayList<>();
            assertThat(read(0, read)).isEqualTo(firstLine);
            Files.write(file, whole);
            assertThat(read(firstLine, read)).isEqualTo(whole.length);
            assertThat(read).containsExactly(READY, FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"time\":1,\"job\":\"" + JOB + "\",\"phase\":\"READY\"}",
                "{\"time\":\"2026-11-23T21:56:17.339Z\",\"job\":\"../x\",\"phase\":\"READY\"}",
                "{\"time\":\"2026-11-23T21:56:17.339Z\",\"job\":\"" + JOB + "\",\"phase\":\"READY\",\"attempt\":0}"
            })
    void readEvents_corruptLine_isAnErrorThatNamesThePlace(String line) throws IOException {
        try (RunJournal journal = run.openJournal()) {
            journal.add(READY);
        }
        long offset = Files.size(file);
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::all)
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining("Cannot read the events of run " + run.name() + " of digits")
                .hasMessageContaining(file + ":2");
        assertThatThrownBy(() -> read(offset, new ArrayList<>()))
                .isInstanceOf(WorkspaceException.class)
                .hasMessageContaining(file + ", at byte " + offset);
    }

    @Test
    void readEvents_offsetBeyondTheEnd_isNothing() throws IOException {
        try (RunJournal journal = run.openJournal()) {
            journal.add(READY);
        }
        assertThat(read(1_000_000, new ArrayList<>())).isEqualTo(1_000_000);
    }

    /** A disk that takes some bytes, and then no more until there is room again. */
    private static final class FullDisk extends FilterOutputStream {
        private int room = Integer.MAX_VALUE;
        private int tries;
        private int longest;

        FullDisk(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            tries++;
            longest = Math.max(longest, length);
            int taken = Math.min(room, length);
            out.write(bytes, start, taken);
            room -= taken;
            if (taken < length) {
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    void add_diskFullForAWhile_leavesNoGapAndNoHalfLine() throws IOException {
        for (int room = 0; room < 150; room++) {
            Files.deleteIfExists(file);
            FullDisk disk = new FullDisk(Files.newOutputStream(file));
            RunJournal journal = new RunJournal(file, disk);
            disk.room = room;
            int failures = 0;
            for (RunEvent event : List.of(READY, RUNNING)) {
                try {
                    journal.add(event);
                } catch (IOException full) {
                    failures++;
                }
            }
            assertThat(failures).isPositive();
            assertThat(all()).hasSizeLessThan(2);

            disk.room = Integer.MAX_VALUE;
            journal.add(FAILED);
            assertThat(all()).containsExactly(READY, RUNNING, FAILED);
            journal.close();
        }
    }

    @Test
    void add_diskThatStaysFull_triesRarely_keepsLittle_andTellsOfTheGap() throws IOException {
        FullDisk disk = new FullDisk(Files.newOutputStream(file));
        RunJournal journal = new RunJournal(file, disk);
        disk.room = 0;
        RunEvent large = event("FAILED", OptionalInt.of(2), "x".repeat(10_000));
        for (int i = 0; i < 1_000; i++) {
            try {
                journal.add(large);
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }
        assertThat(disk.tries).isLessThan(20);
        assertThat(disk.longest).isLessThanOrEqualTo(4 << 20);

        disk.room = Integer.MAX_VALUE;
        journal.close();
        List<RunEvent> all = all();
        int kept = all.size() - 1;
        assertThat(kept).isBetween(400, 430);
        assertThat(all.get(kept).message())
                .startsWith(large.message())
                .endsWith("; " + (999 - kept) + " changes before this one are missing: they could not be written");
    }

    @Test
    void close_afterADiskWasFull_writesTheRest() throws IOException {
        FullDisk disk = new FullDisk(Files.newOutputStream(file));
        RunJournal journal = new RunJournal(file, disk);
        disk.room = 10;
        assertThatThrownBy(() -> journal.add(READY)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> journal.add(FAILED)).isInstanceOf(IOException.class);
        disk.room = Integer.MAX_VALUE;
        journal.close();
        assertThat(all()).containsExactly(READY, FAILED);
    }
}
