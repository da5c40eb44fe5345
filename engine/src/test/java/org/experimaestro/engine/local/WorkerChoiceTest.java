package org.experimaestro.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.Isolation;
import org.experimaestro.engine.job.IsolationSetting;
import org.experimaestro.spi.LauncherDefinition;
import org.experimaestro.spi.Placement;
import org.experimaestro.spi.Resources;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobStatus;
import org.junit.jupiter.api.Test;

/** The choice between processes and workers. */
class WorkerChoiceTest {
    private static final String TYPE = "trial.step";
    private static final IsolationSetting WORKER = new IsolationSetting(Isolation.WORKER, "set at its submission");
    private static final IsolationSetting AUTO = new IsolationSetting(Isolation.AUTO, "set for its experiment");
    private static final Placement HERE = Placement.on(LauncherDefinition.local());

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private final List<String> notices = new ArrayList<>();
    private final WorkerChoice choice = new WorkerChoice(true, notices::add);

    private void ran(int count, long tookMillis, long wholeMillis) {
        for (int i = 0; i < count; i++) {
            auto();
            choice.ran(
                    TYPE,
                    new JobStatus.Done(1, NOON, NOON.plusMillis(tookMillis), Map.of(), null),
                    Duration.ofMillis(wholeMillis));
        }
    }

    private void waits(int count) {
        for (int i = 0; i < count; i++) {
            choice.waits(TYPE, 1);
        }
    }

    private Optional<String> auto() {
        return choice.choose(TYPE, AUTO, HERE);
    }

    @Test
    void choose_nothingSet_isAProcess() {
        assertThat(choice.choose(TYPE, IsolationSetting.NONE, HERE)).isEmpty();
    }

    @Test
    void choose_worker_saysWhoHasSetIt() {
        assertThat(choice.choose(TYPE, WORKER, HERE)).contains("set at its submission");
        assertThat(notices).isEmpty();
    }

    @Test
    void choose_runWithoutWorkers_isAProcessWithoutAWord() {
        assertThat(new WorkerChoice(false, notices::add).choose(TYPE, WORKER, HERE))
                .isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void choose_optionsThatNeedAShell_isAProcessAndToldOnce() {
        Placement special = HERE.toBuilder().option("jvm", "-ea").build();

        assertThat(choice.choose(TYPE, WORKER, special)).isEmpty();
        assertThat(choice.choose("trial.other", WORKER, special)).isEmpty();

        assertThat(notices)
                .containsExactly(
                        "Jobs such as those of trial.step run in processes of their own, though isolation: worker is set"
                                + " at its submission: they have the option jvm, by the launcher local, the experiment or"
                                + " their submission");
    }

    @Test
    void choose_jdkOrTimeLimit_isAProcess() {
        Placement jdk = HERE.toBuilder().jdk(21).build();
        Placement limited = HERE.toBuilder()
                .resources(
                        new Resources(Optional.of(Duration.ofHours(1)), 0, 0, new TreeMap<>(), false, new TreeSet<>()))
                .build();

        assertThat(choice.choose(TYPE, WORKER, jdk)).isEmpty();
        assertThat(choice.choose(TYPE, WORKER, limited)).isEmpty();
        assertThat(notices)
                .hasSize(2)
                .anyMatch(text -> text.contains("they have a time limit"))
                .anyMatch(text -> text.contains("they have jdk, by their requirement"));
    }

    @Test
    void choose_autoWithAnObstacle_isNotTold() {
        ran(20, 10, 300);
        waits(20);

        assertThat(choice.choose(TYPE, AUTO, HERE.toBuilder().jdk(21).build())).isEmpty();
        assertThat(notices).isEmpty();
    }

    @Test
    void choose_typeWithANativeLibrary_isAProcess() {
        choice.isNative(TYPE);

        assertThat(choice.choose(TYPE, WORKER, HERE)).isEmpty();
        assertThat(choice.choose("trial.other", WORKER, HERE)).isPresent();
        assertThat(notices).singleElement().asString().contains("native library");
    }

    @Test
    void auto_enoughShortJobsAndEnoughThatWait_isAWorkerAndToldOnce() {
        ran(20, 10, 300);
        waits(20);

        assertThat(auto()).contains("measured: 20 of 20 jobs were short");
        choice.waits(TYPE, -1);
        assertThat(auto()).contains("measured: 20 of 20 jobs were short");
        assertThat(notices)
                .containsExactly("The next jobs of trial.step run in warm workers (isolation: auto): 20 of 20 took less"
                        + " than a second, or than their start");
    }

    @Test
    void auto_jobsWithVariablesOfTheirOwn_areProcesses() {
        waits(100);
        for (int i = 0; i < 100; i++) {
            Placement own = HERE.toBuilder().env("INDEX", Integer.toString(i)).build();
            assertThat(choice.choose(TYPE, AUTO, own)).isEmpty();
            choice.ran(TYPE, new JobStatus.Done(1, NOON, NOON.plusMillis(10), Map.of(), null), Duration.ofMillis(300));
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void choose_accelerators_isAProcess() {
        Placement gpu = HERE.toBuilder()
                .resources(
                        new Resources(Optional.empty(), 0, 0, new TreeMap<>(Map.of("gpu", 1)), false, new TreeSet<>()))
                .build();

        assertThat(choice.choose(TYPE, WORKER, gpu)).isEmpty();
        assertThat(notices).singleElement().asString().contains("they have accelerators");
    }

    @Test
    void missesPlan_type_hasProcessesFromThenOnAndIsToldOnce() {
        choice.missesPlan(TYPE);
        choice.missesPlan(TYPE);

        assertThat(choice.choose(TYPE, WORKER, HERE)).isEmpty();
        assertThat(choice.choose("trial.other", WORKER, HERE)).isPresent();
        assertThat(notices).singleElement().asString().contains("run in processes of their own from now on");
    }

    @Test
    void auto_fewDone_isAProcess() {
        ran(19, 10, 300);
        waits(100);

        assertThat(auto()).isEmpty();
    }

    @Test
    void auto_fewThatWait_isAProcess() {
        ran(100, 10, 300);
        waits(19);

        assertThat(auto()).isEmpty();
    }

    @Test
    void auto_halfOfTheJobsAreLong_isAProcess() {
        ran(20, 10, 300);
        ran(20, 1_000, 1_300);
        waits(100);

        assertThat(auto()).isEmpty();
        ran(1, 999, 1_300);
        assertThat(auto()).isPresent();
    }

    @Test
    void auto_jobsOfSecondsWithALongerStart_isAWorker() {
        ran(20, 2_000, 5_000);
        waits(20);

        assertThat(auto()).isPresent();
    }

    @Test
    void ran_failedJobs_doNotCount() {
        for (int i = 0; i < 100; i++) {
            choice.ran(TYPE, new JobStatus.Failed(1, FailureCause.EXCEPTION, ""), Duration.ofMillis(300));
        }
        waits(100);

        assertThat(auto()).isEmpty();
        assertThat(choice.hint()).isEmpty();
    }

    @Test
    void hint_processesThatWereSet_isNone() {
        choice.choose(TYPE, new IsolationSetting(Isolation.PROCESS, "set for its type"), HERE);
        ran(100, 10, 300);

        assertThat(choice.hint()).isEmpty();
    }

    @Test
    void hint_hundredJobsThatTookLessThanTheirStart_namesTheSetting() {
        ran(99, 10, 300);
        ran(50, 200, 300);
        assertThat(choice.hint()).isEmpty();

        ran(1, 100, 300);

        assertThat(choice.hint())
                .contains(
                        "Hint: 100 jobs of trial.step took less time than the start of their processes; isolation: auto"
                                + " lets such jobs share warm workers");
    }
}
