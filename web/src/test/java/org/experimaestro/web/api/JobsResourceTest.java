package org.experimaestro.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.web.http.HttpProblem;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Notes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsResourceTest {
    @TempDir
    private Path folder;

    private ListedWorkspace sample;

    @BeforeEach
    void open() throws IOException {
        sample = new ListedWorkspace(folder);
    }

    @AfterEach
    void close() {
        sample.close();
    }

    /** Submits six searches with two values of k1 and three seeds, of which two are done, and one has failed. */
    private void searches() throws IOException {
        for (double k1 : new double[] {0.9, 1.2}) {
            for (int seed = 1; seed <= 3; seed++) {
                JobFolder job = sample.submit("ir.search", Map.of("k1", k1, "seed", seed, "dataset", "robust04"));
                if (seed == 1) {
                    ListedWorkspace.done(job, Map.of("map", k1 / 4));
                } else if (seed == 2 && k1 > 1) {
                    ListedWorkspace.failed(job, "No space left");
                }
            }
        }
    }

    private static List<String> groups(Map<String, @Nullable Object> answer) {
        return ListedWorkspace.list(answer, "groups").stream()
                .map(group -> group.get("key") + " " + group.get("label") + " " + group.get("size"))
                .toList();
    }

    @Test
    void answer_noGroupingIsAskedFor_isTypeAndTheTagWithMostValues() throws IOException {
        searches();

        Map<String, @Nullable Object> answer = sample.ask("jobs?run=grid/latest");

        assertThat(answer.get("by")).isEqualTo(List.of("type", "seed"));
        assertThat(groups(answer))
                .containsExactly("ir.search ir.search 6", "ir.search,1 1 2", "ir.search,2 2 2", "ir.search,3 3 2");
        assertThat(ListedWorkspace.list(answer, "groups").getLast())
                .containsEntry("parent", "ir.search")
                .containsEntry("depth", 1)
                .containsEntry("isLeaf", true)
                .containsEntry("counts", Map.of("new", 2))
                .containsEntry("fixed", Map.of("dataset", "robust04", "seed", 3L));
        assertThat(answer.get("columns")).isEqualTo(List.of("k1", "seed", "map"));
        assertThat(answer.get("metrics")).isEqualTo(List.of("map"));
        assertThat(answer).containsEntry("counts", Map.of("done", 2, "failed", 1, "new", 3));
    }

    @Test
    void answer_group_hasTheLeastAndTheGreatestOfEachMetric() throws IOException {
        searches();

        List<Map<String, Object>> groups = ListedWorkspace.list(sample.ask("jobs?run=grid/latest"), "groups");

        assertThat(groups)
                .extracting(group -> group.get("ranges"))
                .containsExactly(
                        Map.of("map", List.of(0.225, 0.3)), Map.of("map", List.of(0.225, 0.3)), Map.of(), Map.of());
    }

    @Test
    void answer_byIdentifier_isAGroupForEachJob_byItsWholeIdentifier() throws IOException {
        JobFolder first = sample.submit("ir.search", Map.of("k1", 1));
        JobFolder second = sample.submit("ir.search", Map.of("k1", 2));
        sample.submitAgain(first, Map.of("k1", 3));
        sample.submit("ir.search", Map.of("k1", 4));
        String ids = first.id().toString().substring(0, 8) + ","
                + second.id().toString().substring(0, 8) + ",00000000";

        assertThat(ListedWorkspace.list(sample.ask("jobs?run=grid/latest&by=id&q=id=" + ids), "groups"))
                .extracting(group -> group.get("label"))
                .containsExactly(first.id().toString(), second.id().toString());
    }

    @Test
    void answer_byWithoutNames_hasNoGroups() throws IOException {
        searches();

        Map<String, @Nullable Object> answer = sample.ask("jobs?by=&run=grid/latest");

        assertThat(answer).containsEntry("by", List.of()).containsEntry("groups", List.of());
        assertThat(answer).containsEntry("selected", 6).doesNotContainKey("coarser");
        assertThat(sample.ask("jobs/rows?run=grid/latest").get("size")).isEqualTo(6);
    }

    @Test
    void answer_testsOfTheState_leaveTheCountsOfAllStates() throws IOException {
        searches();

        Map<String, @Nullable Object> answer = sample.ask("jobs?q=state=failed,new+k1=1.2");

        assertThat(answer)
                .containsEntry("selected", 2)
                .containsEntry("total", 6)
                .containsEntry("counts", Map.of("failed", 1, "new", 1))
                .containsEntry("allCounts", Map.of("done", 1, "failed", 1, "new", 1))
                .containsEntry("filter", "state=failed,new and k1=1.2");
        assertThat(answer.get("command"))
                .isEqualTo("experimaestro jobs list --workdir " + folder + " --filter 'state=failed,new and k1=1.2'");
    }

    @Test
    void answer_sortedByAGroupedName_hasTheGroupsInThatDirection() throws IOException {
        searches();
        sample.submit("ir.search", Map.of("k1", "auto"));
        sample.submit("ir.search", Map.of());

        Map<String, @Nullable Object> answer = sample.ask("jobs?by=k1&sort=-k1,seed&run=grid/latest");

        assertThat(groups(answer)).containsExactly("auto auto 1", "1.2 1.2 3", "0.9 0.9 3", "! no k1 1");
        assertThat(answer.get("command"))
                .asString()
                .contains(" --sort=-k1,seed --filter run=grid/" + sample.run().name());
    }

    @Test
    void answer_group_hasTheFilterOfItsRows() throws IOException {
        searches();
        sample.submit("ir.search", Map.of());

        for (String by : List.of("type,k1", "k1", "type")) {
            for (Map<String, Object> group : ListedWorkspace.list(sample.ask("jobs?by=" + by), "groups")) {
                String filter = URLEncoder.encode((String) group.get("filter"), StandardCharsets.UTF_8);
                assertThat(sample.ask("jobs?q=" + filter).get("selected")).isEqualTo(group.get("size"));
            }
        }
        assertThat(ListedWorkspace.list(sample.ask("jobs?by=k1&q=state=new"), "groups"))
                .extracting(group -> group.get("filter"), group -> group.get("isMissing"))
                .endsWith(tuple("state=new and not k1=..", true));
    }

    @Test
    void answer_groupingWithTooManyGroups_isTheNextCoarserOne() throws IOException {
        for (int i = 0; i < 250; i++) {
            sample.submit("a.task", Map.of("n", i, "half", i % 2));
        }

        Map<String, @Nullable Object> answer = sample.ask("jobs?by=half,n");
        assertThat(groups(answer)).containsExactly("0 0 125", "1 1 125");
        assertThat(answer).containsEntry("coarser", "Grouped by half, n there are more than 200 groups");
        assertThat(answer.get("by")).isEqualTo(List.of("half"));

        assertThat(groups(sample.ask("jobs?by=n"))).containsExactly("a.task a.task 250");
        assertThat(sample.ask("jobs").get("by")).isEqualTo(List.of("type", "half"));
    }

    @Test
    void answer_moreTypesThanGroups_hasTheLargestAndTheOthers() throws IOException {
        for (int type = 10; type < 55; type++) {
            sample.submit("a.type" + type, Map.of("n", 1));
            sample.submit("a.type" + type, Map.of("n", 2));
        }
        sample.submit("a.type50", Map.of("n", 3));

        Map<String, @Nullable Object> answer = sample.ask("jobs");

        assertThat(groups(answer)).hasSize(40).contains("a.type50 a.type50 3").endsWith("* 6 other types 12");
        assertThat(sample.ask("jobs/rows?group=*").get("size")).isEqualTo(12);
    }

    @Test
    void answer_valuesWithCommas_haveKeysOfTheirOwn() throws IOException {
        sample.submit("a.task", Map.of("name", "x,1"));
        sample.submit("a.task", Map.of("name", "!"));
        sample.submit("a.task", Map.of("state", "odd"));

        Map<String, @Nullable Object> answer = sample.ask("jobs?by=name,tag.state");

        assertThat(groups(answer))
                .containsExactly(
                        "%21 ! 1",
                        "%21,! no tag.state 1", "x%2C1 x,1 1", "x%2C1,! no tag.state 1", "! no name 1", "!,odd odd 1");
        assertThat(sample.ask("jobs/rows?by=name,tag.state&group=x%252C1,!").get("size"))
                .isEqualTo(1);
        assertThat(answer.get("columns")).isEqualTo(List.of("name", "tag.state"));
    }

    @Test
    void answer_nothingIsSelected_saysWithoutWhatThereWouldBeSome() throws IOException {
        searches();

        Map<String, @Nullable Object> answer = sample.ask("jobs?q=k1=2.0+state=new");

        assertThat(answer).containsEntry("selected", 0);
        assertThat(answer.get("advice"))
                .isEqualTo(List.of("Without k1=2.0 there are 3", "no job has the tag k1=2.0; its values are 0.9, 1.2"));
        assertThat(sample.ask("jobs?q=k1=1.2").get("advice")).isEqualTo(List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "k1=1.2 and staet=failed, 11, 5, state",
        "state=fialed, 6, 6, failed",
        "k1=1.2 \"und, 7, 4,",
    })
    void answer_mistakeInTheFilter_hasItsPlace(String filter, int at, int length, @Nullable String near)
            throws IOException {
        searches();

        assertThatThrownBy(() -> sample.ask("jobs?q=" + filter.replace(" ", "+")))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.answer()).containsEntry("at", at).containsEntry("length", length);
                    assertThat(problem.text()).doesNotContain("\n");
                    assertThat(problem.answer().get("near")).isEqualTo(near == null ? null : List.of(near));
                });
    }

    @Test
    void answer_mistakeInANamedFilter_hasNoPlaceInTheQuestion() throws IOException {
        searches();

        assertThatThrownBy(() -> sample.ask("jobs?q=@bad"))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        problem -> assertThat(problem.answer())
                                .doesNotContainKey("at")
                                .containsEntry("near", List.of("state")));
        assertThatThrownBy(() -> sample.ask("jobs?by=dateset")).hasMessageContaining("did you mean \"dataset\"?");
        assertThatThrownBy(() -> sample.ask("jobs?sort=-seeed")).hasMessageContaining("Cannot sort by \"seeed\"");
    }

    @Test
    void rows_window_isSortedWithMissingValuesLast() throws IOException {
        searches();

        Map<String, @Nullable Object> answer = sample.ask("jobs/rows?sort=-map,-seed&from=1&count=3");

        assertThat(answer).containsEntry("size", 6).containsEntry("from", 1);
        assertThat(ListedWorkspace.list(answer, "rows"))
                .extracting(row -> row.get("values"))
                .containsExactly(
                        Map.of("k1", 0.9, "seed", 1L, "map", 0.225),
                        Map.of("k1", 0.9, "seed", 3L),
                        Map.of("k1", 1.2, "seed", 3L));
        assertThat(ListedWorkspace.list(sample.ask("jobs/rows?from=9"), "rows")).isEmpty();
    }

    @Test
    void rows_aroundAJob_areItsNeighboursInTheOrderOfTheGroups() throws IOException {
        searches();
        JobFolder middle = sample.submit("ir.search", Map.of("k1", 0.9, "seed", 0));
        JobFolder other = sample.submit("ir.search", Map.of("k1", 0.5, "seed", 9));
        sample.submitAgain(other, Map.of("k1", 9.5, "seed", 9));

        String question = "jobs/rows?run=grid/latest&by=k1&sort=-seed&count=3&around=";
        Map<String, @Nullable Object> answer = sample.ask(question + middle.name());

        assertThat(answer).containsEntry("size", 8).containsEntry("from", 3);
        assertThat(ListedWorkspace.list(answer, "rows"))
                .extracting(row -> row.get("tags"))
                .containsExactly(
                        Map.of("k1", 0.9, "seed", 1L, "dataset", "robust04"),
                        Map.of("k1", 0.9, "seed", 0L),
                        Map.of("k1", 1.2, "seed", 3L, "dataset", "robust04"));
        assertThat(sample.ask(question + other.name())).containsEntry("from", 0);
        assertThat(ListedWorkspace.list(sample.ask(question + "ir.search/gone"), "rows"))
                .isEmpty();
    }

    @Test
    void rows_jobsInAllStates_sayWhatTheyDo() throws IOException {
        JobFolder done = sample.submit("a.task", Map.of());
        JobFolder failed = sample.submit("a.task", Map.of());
        JobFolder behind = sample.submit("a.task", Map.of(), failed);
        ListedWorkspace.done(done, Map.of("loss", Double.NaN));
        ListedWorkspace.failed(failed, "\n  No space left\n\tat somewhere");
        Notes.of(done).add("for table 2", ListedWorkspace.NOW);
        done.pin().write("", ListedWorkspace.NOW);

        List<Map<String, Object>> rows = ListedWorkspace.list(sample.ask("jobs/rows?run=grid/latest"), "rows");

        assertThat(rows.get(0))
                .containsEntry("note", "for table 2")
                .containsEntry("pinned", true)
                .containsEntry("attempt", 1)
                .containsEntry("values", Map.of("loss", "NaN"))
                .containsEntry("runs", List.of("grid/" + sample.run().name()))
                .containsEntry("started", "2026-11-28T11:59:00Z");
        assertThat(rows.get(1).get("what")).asString().endsWith("No space left");
        assertThat(rows.get(2))
                .containsEntry("job", behind.name())
                .containsEntry("state", "new")
                .containsEntry("what", "skipped: it depends on a.task/02020202, which has failed");
        assertThat(sample.ask("jobs?run=grid/latest"))
                .containsEntry("counts", Map.of("done", 1, "failed", 1, "skipped", 1));
        assertThat(sample.ask("jobs")).containsEntry("counts", Map.of("done", 1, "failed", 1, "new", 1));
    }

    @Test
    void answer_stateSkipped_selectsThoseThatTheRunDoesNotStart() throws IOException {
        JobFolder failed = sample.submit("a.task", Map.of());
        JobFolder behind = sample.submit("a.task", Map.of(), failed);
        sample.submit("a.task", Map.of(), behind);
        sample.submit("a.task", Map.of());
        ListedWorkspace.failed(failed, "No space left");

        assertThat(sample.ask("jobs?run=grid/latest&q=state=skipped"))
                .containsEntry("selected", 2)
                .containsEntry("counts", Map.of("skipped", 2))
                .containsEntry("allCounts", Map.of("failed", 1, "new", 1, "skipped", 2));
        assertThat(sample.ask("jobs?run=grid/latest&q=state=new")).containsEntry("counts", Map.of("new", 1));
        assertThat(sample.ask("jobs?run=grid/latest&q=state!=skipped")).containsEntry("selected", 2);
        assertThat(sample.ask("jobs?q=state=new")).containsEntry("selected", 3);
        assertThatThrownBy(() -> sample.ask("jobs?q=state=skipped"))
                .isInstanceOfSatisfying(HttpProblem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(400);
                    assertThat(problem.answer()).containsEntry("at", 0);
                    assertThat(problem.text()).contains("a job is skipped by a run");
                });
    }

    @Test
    void rows_afterAChange_areThoseOfTheNewFiles() throws IOException {
        JobFolder job = sample.submit("a.task", Map.of());
        assertThat(sample.ask("jobs?q=state=done")).containsEntry("selected", 0);
        assertThat(sample.ask("jobs?q=pinned=yes")).containsEntry("selected", 0);

        ListedWorkspace.done(job, Map.of());

        assertThat(sample.ask("jobs?q=state=done")).containsEntry("selected", 1);
    }
}
