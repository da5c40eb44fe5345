package org.experimaestro.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.experimaestro.TaskContext;
import org.junit.jupiter.api.Test;

class LimitWatchTest {
    /** Returns a context whose launcher gives some answers, and then none. */
    private static TaskContext answering(Iterator<Duration> answers) {
        return (TaskContext) Proxy.newProxyInstance(
                TaskContext.class.getClassLoader(),
                new Class<?>[] {TaskContext.class},
                (proxy, method, arguments) -> answers.hasNext() ? Optional.of(answers.next()) : Optional.empty());
    }

    @Test
    void action_launcherThatAnswersNoMore_runsByItsLastAnswer() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);

        LimitWatch.start(
                answering(List.of(Duration.ofMillis(2500)).iterator()), Duration.ofMillis(2400), ran::countDown);

        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
