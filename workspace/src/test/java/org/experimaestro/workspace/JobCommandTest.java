package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.ConfigId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobCommandTest {
    private static final String NAME = "test.job/" + ConfigId.parse("00000000000000030000000000000004");

    @ParameterizedTest
    @ValueSource(strings = {"/work", "/", "/a b/ü", "/org.experimaestro.runtime.JobMain 2 /x"})
    void isOf_whatOfMakes_isItselfWhateverIsBetweenTheWords(String workspace) {
        Attempt attempt = JobFolder.at(Path.of(workspace, "jobs", NAME)).attempt(12);
        List<String> words = new ArrayList<>(List.of("java", "-cp", "a:b"));
        words.addAll(JobCommand.of(attempt));

        for (String separator : List.of("\0", " ")) {
            String line = String.join(separator, words);
            assertThat(JobCommand.isOf(line, separator, attempt)).isTrue();
            assertThat(JobCommand.isOf(line, separator, attempt.job().attempt(2)))
                    .isFalse();
            assertThat(JobCommand.isOf(line + separator, separator, attempt)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "java JobMain 1 /work/jobs/NAME, false",
        "org.experimaestro.runtime.JobMain 1 /work/jobs/NAME, false",
        "java org.experimaestro.runtime.JobMain 1 work/jobs/NAME, false",
        "java org.experimaestro.runtime.JobMain 1 /work/jobs/a.NAME, false",
        "java org.experimaestro.runtime.JobMain 10 /work/jobs/NAME, false",
        "java org.experimaestro.runtime.JobMain 1 /work/jobs/NAME x, false",
        "java org.experimaestro.runtime.JobMain 1, false",
        "java org.experimaestro.runtime.JobMain 1 /elsewhere/NAME, true"
    })
    void isOf_otherLine_isOnlyOfItsAttempt(String line, boolean expected) {
        Attempt attempt = JobFolder.at(Path.of("/work/jobs", NAME)).attempt(1);
        assertThat(JobCommand.isOf(line.replace("NAME", NAME), " ", attempt)).isEqualTo(expected);
    }
}
