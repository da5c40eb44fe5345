package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.experimaestro.Config;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.Outcome;
import org.experimaestro.engine.schedule.Phase;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Written;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Listeners that throw: none of the jobs of a run is lost, and the run ends. */
@Timeout(120)
final class RunListenerTest extends LabFixture {
    @BeforeEach
    void takeJobsInside() {
        lab.withoutProcesses();
    }

    /** A listener that records, and then throws where it is told to. */
    private static RunListener broken(RunListener recorder, Predicate<List<Object>> throwsAt, Throwable thrown) {
        return (RunListener) Proxy.newProxyInstance(
                RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, (proxy, method, arguments) -> {
                    try {
                        method.invoke(recorder, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                    if (throwsAt.test(List.of(arguments))) {
                        throw thrown;
                    }
                    return null;
                });
    }

    /** A warning, a job that is done, one that fails, and one that is skipped. */
    private ExperimentPlan<String> plan() {
        return (xp, settings) -> {
            Config<Written> good = xp.submit(lab.step("good").tag("x", 1));
            xp.submit(lab.step("next", good).tag("x", 2));
            Config<Written> bad = xp.submit(lab.step("bad"));
            xp.submit(lab.step("skipped", bad));
        };
    }

    private void assertRunsToItsEnd() throws InterruptedException {
        lab.control().fail("bad");
        RunResult result = lab.run(plan());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.total()).isEqualTo(4);
        assertThat(result.executed()).isEqualTo(2);
        assertThat(result.skipped()).extracting(Lab::name).containsExactly("skipped");
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("good", "next", "bad");
    }

    @Test
    void listener_throwsAtEachCall_doesNotReachTheRun() throws Exception {
        lab.listening(recorder -> broken(recorder, call -> true, new AssertionError("the terminal is gone")));

        assertRunsToItsEnd();
    }

    @ParameterizedTest
    @EnumSource
    void listener_throwsAtAPhase_doesNotReachTheRun(Phase phase) throws Exception {
        lab.listening(recorder -> broken(recorder, call -> call.contains(phase), new StackOverflowError()));

        assertRunsToItsEnd();
    }

    @Test
    void listener_throwsAtTheFirstCallOnly_isToldTheRest() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        lab.listening(recorder ->
                broken(recorder, call -> calls.getAndIncrement() == 0, new IllegalStateException("not ready")));

        assertRunsToItsEnd();
        assertThat(lab.recorder().changes()).contains("good DONE", "bad FAILED", "skipped SKIPPED");
    }
}
