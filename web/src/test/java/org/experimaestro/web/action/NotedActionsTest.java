package org.experimaestro.web.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.web.action.ActionClient.of;
import static org.experimaestro.web.action.ActionClient.plan;
import static org.experimaestro.web.action.ActionClient.problem;
import static org.experimaestro.web.action.ActionClient.with;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.web.WrittenWorkspace;
import org.experimaestro.web.WrittenWorkspace.Submitted;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Trash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A confirmed cleaning changes nothing for ten seconds, in which anybody can undo it. */
@Timeout(120)
class NotedActionsTest {
    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-03-18T09:00:00Z");
    private WrittenWorkspace written;
    private ActionClient client;

    @BeforeEach
    void make() {
        written = new WrittenWorkspace(folder);
        client = new ActionClient(written, () -> now);
    }

    @Test
    void clean_confirmed_isPerformedAfterTenSeconds() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");

        JsonObject answer = client.ask("clean", of(job));

        assertThat(answer.bool("done")).isFalse();
        assertThat(Json.write(answer.list("possible"))).contains(job.name(), "is moved to the trash");
        assertThat(answer.object("noted").string("until")).isEqualTo("2026-03-18T09:00:10Z");
        pass(9);
        assertThat(job.path()).exists();
        assertThat(noted()).containsExactly("1 clean of 1: noted");

        pass(1);

        assertThat(job.path()).doesNotExist();
        assertThat(noted()).containsExactly("1 clean of 1: done");
        assertThat(actions().getFirst().get("undo"))
                .isEqualTo(new Trash(written.workspace()).entries().getFirst().name());
        assertThat(actions().getFirst().get("possibleTotal")).isEqualTo(1L);
        assertThat(actions().getFirst().get("impossibleTotal")).isEqualTo(0L);
    }

    @Test
    void undo_beforeItsTime_dropsTheActionForGood() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        String id = client.ask("clean", of(job)).object("noted").string("id");
        pass(9);

        JsonObject undone = client.ask("undo", Map.of("noted", id));

        assertThat(undone.integer("possibleTotal")).isEqualTo(1);
        pass(60);
        assertThat(job.path()).exists();
        assertThat(new Trash(written.workspace()).entries()).isEmpty();
        assertThat(noted()).containsExactly("1 clean of 1: undone");
        assertThat(problem(() -> client.ask("undo", Map.of("noted", id))))
                .hasMessage("Cannot undo the clean of 1 job: found it undone, not noted");
        assertThat(problem(() -> client.ask("undo", Map.of("noted", id))).advice())
                .contains("nothing was changed, so there is nothing to undo");
        assertThat(problem(() -> client.ask("undo", Map.of("noted", "7"))).status())
                .isEqualTo(404);
    }

    @Test
    void undo_afterItsTime_namesTheEntryOfTheTrash() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        String id = client.ask("clean", of(job)).object("noted").string("id");
        pass(10);

        HttpProblem late = problem(() -> client.ask("undo", Map.of("noted", id)));

        assertThat(late.status()).isEqualTo(409);
        assertThat(late).hasMessageContaining("found it done, not noted");
        String entry = new Trash(written.workspace()).entries().getFirst().name();
        assertThat(late.advice().orElseThrow()).contains(entry);
        client.ask("undo", Map.of("entry", entry));
        assertThat(job.path()).exists();
    }

    @Test
    void clean_jobsThatHaveChangedMeanwhile_isRefusedWithWords() throws Exception {
        JobFolder first = written.failed("a.learn", 1, "no space");
        JobFolder second = written.begun("a.learn", 2, Instant.now());
        RunFolder run = written.run(
                "grid",
                Map.of("outcome", "FAILED", "ended", Instant.now().toString()),
                List.of(new Submitted(first, Map.of()), new Submitted(second, Map.of())));
        Map<String, Object> question = Map.of("run", "grid/" + run.name(), "q", "state=failed");
        String digest = client.ask("clean", plan(question)).string("plan");
        client.ask("clean", with(question, "planned", digest));
        second.attempt(1).failed(FailureCause.EXCEPTION, "no space either", null);

        pass(10);

        assertThat(first.path()).exists();
        assertThat(noted()).containsExactly("1 clean of 1: refused");
        assertThat(actions().getFirst().get("reason"))
                .isEqualTo("The jobs have changed since you looked: these are 2 jobs now");
    }

    @Test
    void clean_severalAtOnce_areUndoneAndPerformedByThemselves() throws Exception {
        JobFolder first = written.failed("a.learn", 1, "no space");
        JobFolder second = written.failed("a.learn", 2, "no space");
        JobFolder third = written.failed("a.learn", 3, "no space");
        client.ask("clean", of(first));
        pass(4);
        String id = client.ask("clean", of(second)).object("noted").string("id");
        client.ask("clean", with(of(third), "hold", 60));
        client.ask("undo", Map.of("noted", id));

        pass(6);

        assertThat(noted()).containsExactly("1 clean of 1: done", "2 clean of 1: undone", "3 clean of 1: noted");
        assertThat(first.path()).doesNotExist();
        assertThat(second.path()).exists();
        assertThat(third.path()).exists();
    }

    @Test
    void clean_jobsThatWaitToBeCleaned_areRefusedWithWords() throws Exception {
        JobFolder first = written.failed("a.learn", 1, "no space");
        JobFolder second = written.failed("a.learn", 2, "no space");
        client.ask("clean", of(first));

        HttpProblem again = problem(() -> client.ask("clean", of(first)));
        HttpProblem both = problem(() -> client.ask("clean", of(first, second)));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again).hasMessage("Cannot clean 1 job: it is in an action that waits already, the clean of 1 job");
        assertThat(again.advice()).contains("wait until that one is performed, or undo it first");
        assertThat(both).hasMessageContaining("Cannot clean 2 jobs: one of them is in an action that waits already");
        assertThat(noted()).containsExactly("1 clean of 1: noted");
    }

    @Test
    void clean_jobThatIsGoneMeanwhile_isRefusedWithWords() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        client.ask("clean", of(job));
        new CleanAction(written.workspace(), written.monitored().index(), "a test", () -> now)
                .perform(
                        new CleanAction(written.workspace(), written.monitored().index(), "a test", () -> now)
                                .plan(List.of(job)),
                        result -> {});

        pass(10);

        assertThat(noted()).containsExactly("1 clean of 1: refused");
        assertThat(actions().getFirst().get("reason"))
                .asString()
                .startsWith("The jobs have changed since you looked: some are gone");
    }

    @Test
    void clean_withoutADelay_isPerformedAtOnce() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");

        assertThat(client.ask("clean", with(of(job), "hold", 0)).bool("done")).isTrue();

        assertThat(job.path()).doesNotExist();
        assertThat(noted()).isEmpty();
        assertThat(problem(() -> client.ask("clean", with(of(job), "hold", 61))))
                .hasMessageContaining("found 61 as hold, expected 0 to 60 seconds");
    }

    @Test
    void clean_nothingPossible_isAnsweredAtOnce() throws Exception {
        JobFolder job = written.begun("a.learn", 1, Instant.now());

        JsonObject answer = client.ask("clean", of(job));

        assertThat(answer.bool("done")).isTrue();
        assertThat(answer.integer("impossibleTotal")).isEqualTo(1);
        assertThat(noted()).isEmpty();
    }

    @Test
    void end_withActionsThatWait_performsNoneAndNamesThem() throws Exception {
        JobFolder first = written.failed("a.learn", 1, "no space");
        JobFolder second = written.failed("a.learn", 2, "no space");
        JobFolder third = written.failed("a.learn", 3, "no space");
        client.ask("clean", of(first, second));
        client.ask("clean", of(third));

        assertThat(client.noted.end()).containsExactly("clean of 2 jobs", "clean of 1 job");

        pass(10);
        assertThat(first.path()).exists();
        assertThat(problem(() -> client.ask("clean", of(first))).status()).isEqualTo(503);
        assertThat(client.noted.end()).isEmpty();
    }

    @Test
    void start_whenTheTimeHasCome_performsByItself() throws Exception {
        JobFolder job = written.failed("a.learn", 1, "no space");
        client = new ActionClient(written, Instant::now);
        client.noted.start();

        client.ask("clean", with(of(job), "hold", 1));

        while (!noted().equals(List.of("1 clean of 1: done"))) {
            Thread.onSpinWait();
        }
        assertThat(job.path()).doesNotExist();
        client.noted.end();
    }

    private void pass(int seconds) throws InterruptedException {
        now = now.plus(Duration.ofSeconds(seconds));
        client.noted.performDue();
    }

    private List<String> noted() throws IOException {
        return actions().stream()
                .map(action -> action.get("id") + " " + action.get("action") + " of " + action.get("jobs") + ": "
                        + action.get("state"))
                .toList();
    }

    private List<Map<?, ?>> actions() throws IOException {
        return written.answer("noted").list("actions").stream()
                .<Map<?, ?>>map(Map.class::cast)
                .toList();
    }
}
