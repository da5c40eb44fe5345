package org.experimaestro.monitor.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.experimaestro.core.file.FileStamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampedTest {
    @TempDir
    private Path folder;

    private final Stamped stamped = new Stamped();
    private Path file;
    private Instant written;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("file"), "one");
        written = Files.getLastModifiedTime(file).toInstant();
    }

    private boolean mustRead(Instant now) throws IOException {
        return stamped.mustRead(file, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void mustRead_changedLongAgo_isReadOnce() throws IOException {
        assertThat(mustRead(written.plusSeconds(100))).isTrue();
        assertThat(stamped.isSettled()).isTrue();
        assertThat(mustRead(written.plusSeconds(100))).isFalse();
    }

    @Test
    void mustRead_justChanged_isReadUntilTheClockMustHaveGoneOn() throws IOException {
        assertThat(mustRead(written)).isTrue();
        assertThat(mustRead(written)).isTrue();
        assertThat(stamped.isSettled()).isFalse();
        // This reading is the last one: a change after it gets another time.
        assertThat(mustRead(written.plusSeconds(100))).isTrue();
        assertThat(stamped.isSettled()).isTrue();
        assertThat(mustRead(written.plusSeconds(100))).isFalse();
    }

    @Test
    void mustRead_clockThatWasSetBack_tellsNothing() throws IOException {
        mustRead(written.plusSeconds(50));
        assertThat(mustRead(written.minusSeconds(1_000))).isTrue();
        assertThat(stamped.isSettled()).isFalse();
    }

    @Test
    void mustRead_timeSetBackAfterAChange_isSeenByTheChangeOfTheTime() throws IOException {
        mustRead(written.plusSeconds(100));
        FileStamp before = stamped.stamp();
        new History(org.experimaestro.workspace.Workspace.view(folder), 0).awaitTick();
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, FileTime.from(written));

        assertThat(mustRead(written.plusSeconds(100))).isTrue();
        assertThat(stamped.stamp()).isNotEqualTo(before);
    }

    @Test
    void mustRead_fileThatGoes_isReadOnceMore() throws IOException {
        mustRead(written.plusSeconds(100));
        Files.delete(file);

        assertThat(mustRead(written.plusSeconds(100))).isTrue();
        assertThat(stamped.stamp()).isNull();
        assertThat(mustRead(written.plusSeconds(100))).isFalse();
    }
}
