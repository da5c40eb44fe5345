package org.experimaestro.engine;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.trial.GatedClock;
import org.experimaestro.trial.Poll;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunRequest;
import org.experimaestro.workspace.RunRequests;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;

/** A run that looks at its requests when it begins, and whenever the test says so. */
abstract class RequestsFixture extends LabFixture {
    final GatedClock clock = new GatedClock();

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

    /** Has the run look. */
    final RunRequests.Answer answer(String name) throws Exception {
        clock.wake();
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

    /** A listener that does something after a call. */
    static RunListener onCall(RunListener recorder, String name, Callable<?> action) {
        return (RunListener) Proxy.newProxyInstance(
                RunListener.class.getClassLoader(), new Class<?>[] {RunListener.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(recorder, arguments);
                    if (method.getName().equals(name)) {
                        action.call();
                    }
                    return result;
                });
    }
}
