package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The causes of attempts, which later attempts may have followed. */
final class AttemptRecordTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    Path folder;

    private Attempt attempt;

    @BeforeEach
    void setUp() throws IOException {
        JobFolder job = Workspace.open(folder.resolve("workspace"))
                .job("trial.step", ConfigId.parse("00000000000000010000000000000001"));
        attempt = ((Claim.Granted) job.claim(SELF, "run")).attempt();
    }

    @Test
    void findCause_withoutMarker_isThatOfTheRequestToEnd() throws IOException {
        assertThat(attempt.record().findCause()).as("never began").isEmpty();
        attempt.begin(SELF, 1);
        assertThat(attempt.record().findCause()).contains(FailureCause.VANISHED);
        attempt.stop().write(FailureCause.TIME_LIMIT);
        assertThat(attempt.record().findCause()).contains(FailureCause.TIME_LIMIT);
    }

    @Test
    void findFailure_ofTwoMarkers_isThatOfTheStatus() throws IOException {
        attempt.begin(SELF, 1);
        attempt.failed(FailureCause.CANCELLED, "asked to end", null);
        attempt.ended(SELF, FailureCause.PREEMPTED, "made room", null);

        assertThat(attempt.record().findFailure().orElseThrow().message()).isEqualTo("made room");
        assertThat(attempt.record().findCause()).contains(FailureCause.PREEMPTED);
    }
}
