package org.experimaestro.base.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.disturbance.DisturbedFileSystem.disturb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.Operation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReservationTest {
    private static final long LIFE_MILLIS = 200;

    @TempDir
    Path folder;

    private Path temporary;
    private Path name;

    @BeforeEach
    void reserveForAProcessThatDiesOnAHostWhoseClockIsAhead() throws IOException {
        temporary = Files.writeString(folder.resolve("temporary"), "ours");
        name = folder.resolve("done");
        Path reserved = Files.createFile(folder.resolve("done.reserved"));
        Files.setLastModifiedTime(reserved, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    }

    @Test
    void take_reservationWithATimeAhead_isTakenAway() throws IOException {
        assertThat(Reservation.take(name, temporary, LIFE_MILLIS)).isTrue();
        assertThat(folder.toFile().list()).containsExactly("done");
    }

    @Test
    void take_interruptedThread_pausesAndStaysInterrupted() throws IOException {
        var tries = new Disturbance() {
            private int count;

            @Override
            public void before(Operation operation, Path path) {
                if (operation == Operation.OPEN && path.endsWith("done.reserved")) {
                    count++;
                }
            }
        };
        Thread.currentThread().interrupt();
        try {
            Path there = disturb(name, tries);
            assertThat(Reservation.take(there, there.resolveSibling("temporary"), LIFE_MILLIS))
                    .isTrue();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(tries.count).isLessThan(30);
        assertThat(name).hasContent("ours");
    }
}
