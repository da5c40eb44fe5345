package org.experimaestro.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.web.http.Query;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What answers cost when many ask at once. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LiveAnswersTest {
    @TempDir
    private Path folder;

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch first = new CountDownLatch(2);
    private LiveWorkspace workspace;

    @BeforeEach
    void open() {
        WrittenWorkspace written = new WrittenWorkspace(folder);
        workspace = LiveWorkspace.open(written::monitored, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    /** Returns answers that are made when the test lets them. */
    private LiveAnswers slow(int places) {
        return new LiveAnswers(
                workspace,
                (monitored, path, query) -> {
                    made.incrementAndGet();
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    first.countDown();
                    await(mayEnd);
                    now.decrementAndGet();
                    return Map.of("path", String.join("/", path));
                },
                places);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new AssertionError(ended);
        }
    }

    private static List<Thread> start(int clients, Supplier<String> ask, List<String> answers) {
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            threads.add(Thread.ofVirtual().start(() -> {
                String answer = ask.get();
                synchronized (answers) {
                    answers.add(answer);
                }
            }));
        }
        return threads;
    }

    @Test
    void answers_ofManyQuestions_areMadeAFewAtATime() throws InterruptedException {
        LiveAnswers slow = slow(2);
        AtomicInteger question = new AtomicInteger();
        List<String> answers = new ArrayList<>();

        List<Thread> clients =
                start(20, () -> slow.answer(List.of("q" + question.incrementAndGet()), Query.NONE), answers);
        await(first);
        mayEnd.countDown();
        for (Thread client : clients) {
            client.join();
        }

        assertThat(most.get()).isEqualTo(2);
        assertThat(answers).hasSize(20).doesNotHaveDuplicates().contains("{\"path\":\"q1\"}");
    }

    @Test
    void answers_ofOneQuestion_areMadeForAllWhoWait() throws InterruptedException {
        LiveAnswers slow = slow(1);
        List<String> answers = new ArrayList<>();
        Thread other = Thread.ofVirtual().start(() -> slow.answer(List.of("other"), Query.NONE));
        while (made.get() == 0) {
            Thread.onSpinWait();
        }

        List<Thread> clients = start(50, () -> slow.answer(List.of("same"), Query.NONE), answers);
        mayEnd.countDown();
        for (Thread client : clients) {
            client.join();
        }
        other.join();

        assertThat(answers).hasSize(50).containsOnly("{\"path\":\"same\"}");
        assertThat(made.get()).isLessThan(10); // once, and again for those that came a quarter of a second later
    }

    @Test
    void answer_thatDoesNotFitIntoMemory_isAProblem_andTheNextOneIsAnswered() {
        AtomicInteger asked = new AtomicInteger();
        LiveAnswers full = new LiveAnswers(
                workspace,
                (monitored, path, query) -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("a test");
                    }
                    return Map.of();
                },
                1);

        assertThatThrownBy(() -> full.answer(List.of("table"), Query.NONE))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(503))
                .hasMessageContaining("the memory of the server is full");
        assertThat(full.answer(List.of("workspace"), Query.NONE)).isEqualTo("{}");
    }

    @Test
    void answers_ofManyCharacters_areNotKept() {
        LiveAnswers large = new LiveAnswers(
                workspace,
                (monitored, path, query) -> {
                    made.incrementAndGet();
                    return Map.of("text", "x".repeat(path.getFirst().equals("large") ? 9_000_000 : 10));
                },
                1);
        LiveAnswers.Moment moment = large.now();
        for (int times = 0; times < 3; times++) {
            large.answer(new LiveQuestion(List.of("small"), Query.NONE), moment);
        }
        assertThat(made.get()).isEqualTo(1);

        for (int times = 0; times < 3; times++) {
            large.answer(new LiveQuestion(List.of("large"), Query.NONE), moment);
        }

        assertThat(made.get()).isEqualTo(4);
    }
}
