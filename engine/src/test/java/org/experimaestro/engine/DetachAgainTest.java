package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestBatchSystem;
import org.experimaestro.trial.TestLaunchers;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Detached runs of a chain of jobs after an earlier one has crashed, or some of its jobs have failed. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
@Tag("thorough")
final class DetachAgainTest {
    private static final List<String> CHAIN = List.of("a", "b", "c");

    @TempDir
    Path folder;

    private Lab lab;
    private TestBatchSystem system;

    /** The moment of the crash in the submission of a job. Those before it were submitted. */
    private enum Crash {
        /** The job was claimed, and the batch system did not get it. */
        CLAIMED,
        /** The batch system has the job in its queue, and nothing says so. */
        ACCEPTED,
        /** The job is done, and nothing says that the batch system had it. */
        ENDED,
        /** All is recorded. */
        RECORDED
    }

    static Stream<Arguments> crashes() {
        return CHAIN.stream().flatMap(job -> Stream.of(Crash.values()).map(crash -> Arguments.of(job, crash)));
    }

    @BeforeEach
    void setUp() {
        lab = new Lab(folder);
        system = TestBatchSystem.create(folder.toString(), 4).dependencies();
        LauncherDefinition launcher = TestLaunchers.definition("farm", folder.toString());
        lab.launchers(TestLaunchers.finder(launcher));
    }

    @AfterEach
    void tearDown() {
        system.hold();
        lab.close();
    }

    @ParameterizedTest
    @MethodSource("crashes")
    void detach_afterACrash_submitsAll_andEachJobIsExecutedOnce(String job, Crash crash) throws Exception {
        List<String> begun = CHAIN.subList(0, CHAIN.indexOf(job) + 1);
        system.hold();
        lab.detach(chain(begun));
        if (crash == Crash.ENDED) {
            system.release();
            Poll.until("it is done", () -> lab.status(job).state() == JobState.DONE);
            system.hold();
        }
        String name =
                lab.status(job).findBatchJob().map(BatchJobReference::name).orElse("");
        if (crash != Crash.RECORDED) {
            crashWithoutRecord(job);
        }
        if (crash == Crash.CLAIMED) {
            system.cancel(name, List.of(system.jobIds().getLast()));
        }

        RunResult again = lab.detach(chain(CHAIN));
        assertThat(again.failures()).isEmpty();
        assertThat(again.skipped()).isEmpty();
        assertThat(again.outcome()).isEqualTo(Outcome.SUBMITTED);
        system.release();
        assertThat(lab.run(chain(CHAIN)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyElementsOf(CHAIN);
    }

    /** The job runs, and nothing says that the batch system has it, so that no other batch job can wait for it. */
    @Test
    void detach_whileAJobWithoutRecordRuns_saysWhyTheNextOneIsNotSubmitted() throws Exception {
        lab.control().hold("a");
        lab.detach(chain(List.of("a")));
        lab.control().awaitExecution("a");
        crashWithoutRecord("a");
        RunResult again = lab.detach(chain(CHAIN));

        assertThat(again.account().count(JobCount.LEFT)).isEqualTo(1);
        assertThat(again.failures()).singleElement().satisfies(failure -> {
            assertThat(Lab.name(failure.task())).isEqualTo("b");
            assertThat(failure.status().findCause()).contains(FailureCause.NOT_STARTED);
            assertThat(failure.status().message()).contains("is run by process", "when it has ended");
        });
        assertThat(again.skipped()).extracting(Lab::name).containsExactly("c");
        lab.control().release("a");
        Poll.until("a is done", () -> lab.status("a").state() == JobState.DONE);
        assertThat(lab.detach(chain(CHAIN)).failures()).isEmpty();
        assertThat(lab.run(chain(CHAIN)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyElementsOf(CHAIN);
    }

    /** The batch jobs of the first run that wait for the failed one can never begin. */
    @Test
    void detach_afterAJobHasFailed_submitsThoseAgainThatWaitForItsFormerBatchJob() throws Exception {
        lab.control().fail("a");
        lab.detach(chain(CHAIN));
        Poll.until("a has failed", () -> lab.status("a").state() == JobState.FAILED);
        lab.control().mend("a");
        RunResult again = lab.detach(chain(CHAIN));

        assertThat(again.failures()).isEmpty();
        assertThat(again.account().count(JobCount.LEFT)).isEqualTo(3);
        assertThat(lab.recorder().warnings()).hasSize(2).allMatch(warning -> warning.contains("is submitted again"));
        assertThat(lab.run(chain(CHAIN)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("a", "a", "b", "c");
    }

    @Test
    void detach_againAfterARefusal_submitsAll() throws Exception {
        system.refuse(lab.step("a").id().toString(), "no such account");
        RunResult refused = lab.detach(chain(CHAIN));
        assertThat(refused.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.status().findCause()).contains(FailureCause.REFUSED));
        assertThat(refused.skipped()).extracting(Lab::name).containsExactly("b", "c");

        system.refuse("nothing of this kind", "no such account");
        assertThat(lab.detach(chain(CHAIN)).account().count(JobCount.LEFT)).isEqualTo(3);
        assertThat(lab.run(chain(CHAIN)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactlyElementsOf(CHAIN);
    }

    private ExperimentPlan<String> chain(List<String> names) {
        return (xp, settings) -> {
            Config<Written> last = null;
            for (String name : names) {
                last = xp.submit(last == null ? lab.step(name) : lab.step(name, last));
            }
        };
    }

    /** Leaves the files of a process that has claimed the job and was killed before it recorded the batch job. */
    private void crashWithoutRecord(String job) throws IOException {
        Path internal = lab.job(job).internalFolder();
        try (Stream<Path> files = Files.list(internal)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("handed-")) {
                    Files.delete(file);
                } else if (name.equals("attempt-1.json")) {
                    Files.writeString(file, Files.readString(file).replaceAll("\"start\": \\d+", "\"start\": 1"));
                }
            }
        }
    }
}
