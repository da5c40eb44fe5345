package org.experimaestro.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.trial.Poll;
import org.experimaestro.trial.TestClock;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;

/** A run that looks at its requests when the test lets a second pass. */
abstract class RequestsFixture extends LabFixture {
    final TestClock clock = new TestClock();

    @BeforeEach
    void setClock() {
        lab.clock(clock);
    }

    final ExperimentPlan<String> chain() {
        return (xp, settings) -> xp.submit(lab.step("b", xp.submit(lab.step("a"))));
    }

    final RunFolder folder() {
        return Workspace.view(lab.workspace()).experiment("trial").runs().getLast();
    }

    final RunRequests requests() {
        return new RunRequests(folder());
    }

    final RunRequests.Answer ask(RunRequest request) throws Exception {
        return answer(requests().send(request));
    }

    /** Lets a second pass, in which the run looks. */
    final RunRequests.Answer answer(String name) throws Exception {
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(1));
        AtomicReference<RunRequests.Answer> answer = new AtomicReference<>();
        Poll.until("it is answered", () -> {
            try {
                Optional<RunRequests.Answer> found = requests().findAnswer(name);
                found.ifPresent(answer::set);
                return found.isPresent();
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
        return answer.get();
    }

    static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException ignored) {
                // as a library may do
            }
        }
    }
}
