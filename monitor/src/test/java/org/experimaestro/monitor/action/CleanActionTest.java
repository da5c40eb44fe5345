package org.experimaestro.monitor.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigId;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.ActionDescription;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changes between the plan of a cleaning and its performance. */
class CleanActionTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @TempDir
    private Path folder;

    private final List<ActionResult> told = new ArrayList<>();
    private Workspace workspace;
    private JobFolder source;
    private JobFolder made;
    private CleanAction clean;

    @BeforeEach
    void make() throws IOException {
        workspace = Workspace.open(folder);
        source = job("a.learn", "0");
        made = workspace.job("a.search", ConfigId.parse("1".repeat(32)));
        made.write("{\"producer\": \"" + source.name() + "\"}", "");
        done(made);
        clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);
    }

    private JobFolder job(String type, String digit) throws IOException {
        JobFolder job = workspace.job(type, ConfigId.parse(digit.repeat(32)));
        job.write("{}", "");
        done(job);
        return job;
    }

    private static void done(JobFolder job) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), 1);
        job.attempt(1).done(1, Map.of(), null);
    }

    private String refusal() {
        assertThat(told).hasSize(1);
        assertThat(source.status().state()).isEqualTo(JobState.DONE);
        return String.valueOf(((ActionResult.Refused) told.get(0)).reason().getMessage());
    }

    @Test
    void plan_jobThatParametersName_hasItsDependentsAndSize_andMovesNothing() {
        ActionPlan.Possible step =
                (ActionPlan.Possible) clean.plan(List.of(source)).steps().get(0);

        assertThat(step.dependents()).containsExactly(made.name());
        assertThat(step.bytes()).isPositive();
        assertThat(source.path()).exists();
        assertThat(clean.plan(List.of(source, made)).steps())
                .allMatch(each -> ((ActionPlan.Possible) each).dependents().isEmpty());
    }

    @Test
    void plan_jobThatRefersToAFormerName_movesTheResultThere() throws IOException {
        JobFolder renamed = workspace.job("a.train", ConfigId.parse("5".repeat(32)));
        renamed.referTo(source);
        clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);

        ActionPlan plan = clean.plan(List.of(renamed));
        assertThat(plan.possible()).extracting(JobFolder::name).containsExactly(source.name());
        clean.perform(plan, told::add);

        assertThat(source.path()).doesNotExist();
        assertThat(renamed.status().state()).isEqualTo(JobState.NEW);
        assertThat(new Trash(workspace).entries().get(0).items())
                .extracting(TrashEntry.Item::name)
                .containsExactly(source.name());
    }

    @Test
    void plan_resultUnderAFormerName_hasTheUsersOfAllItsNames() throws IOException {
        JobFolder renamed = workspace.job("a.train", ConfigId.parse("5".repeat(32)));
        renamed.referTo(source);
        JobFolder user = workspace.job("a.test", ConfigId.parse("6".repeat(32)));
        user.write("{\"producer\": \"" + renamed.name() + "\"}", "");
        done(user);
        clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);

        assertThat(((ActionPlan.Possible) clean.plan(List.of(source)).steps().get(0)).dependents())
                .containsExactly(made.name(), user.name(), renamed.name());
        assertThat(((ActionPlan.Possible) clean.plan(List.of(renamed)).steps().get(0)).dependents())
                .containsExactly(made.name(), user.name());
    }

    @Test
    void planOwn_anotherRunHasTheResultUnderItsOtherName_keepsIt() throws IOException {
        JobFolder renamed = workspace.job("a.train", ConfigId.parse("5".repeat(32)));
        renamed.referTo(source);
        submit("before", source);
        submit("after", renamed);
        clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);

        assertThat(clean.planOwn(List.of(source)).steps()).isEmpty();
        assertThat(clean.planOwn(List.of(source, renamed)).possible())
                .extracting(JobFolder::name)
                .containsExactly(source.name());
        clean.perform(clean.planOwn(List.of(renamed)), told::add);

        assertThat(told).containsExactly(new ActionResult.Performed(renamed, renamed.status()));
        assertThat(renamed.status().state()).isEqualTo(JobState.NEW);
        assertThat(Files.isSymbolicLink(renamed.path())).isFalse();
        assertThat(source.status().state()).isEqualTo(JobState.DONE);
        assertThat(new Trash(workspace).entries()).isEmpty();
    }

    @Test
    void orphans_linkWhoseResultARunHas_isNone() throws IOException {
        JobFolder renamed = workspace.job("a.train", ConfigId.parse("5".repeat(32)));
        renamed.referTo(source);
        submit("before", source);
        WorkspaceIndex index = WorkspaceIndex.open(workspace);

        assertThat(Orphans.jobs(index.view(), JobUses.of(index.view())))
                .extracting(JobView::name)
                .containsExactly(made.name());
    }

    private void submit(String experiment, JobFolder job) throws IOException {
        RunFolder run = workspace.experiment(experiment).newRun(NOW);
        run.describe(Map.of("ended", NOW.toString(), "outcome", "DONE"));
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), Map.of(), List.of(), "", NOW));
        }
    }

    @Test
    void plan_runGoesOnWithTheNameOfToday_keepsTheResult() throws IOException {
        JobFolder renamed = workspace.job("a.train", ConfigId.parse("5".repeat(32)));
        renamed.referTo(source);
        RunFolder run = workspace.experiment("grid").newRun(NOW);
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob(renamed.typeId(), renamed.id(), Map.of(), List.of(), "", NOW));
        }
        clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);

        ActionPlan.Impossible step =
                (ActionPlan.Impossible) clean.plan(List.of(source)).steps().get(0);

        assertThat(step.reason()).hasMessageContaining("goes on, and has it");
    }

    @Test
    void perform_pinnedSinceThePlan_stays() {
        ActionPlan plan = clean.plan(List.of(source));
        made.pin().write("", NOW);

        clean.perform(plan, told::add);

        assertThat(refusal()).contains(made.name() + " was made from it, and is pinned");
        assertThat(new Trash(workspace).entries()).isEmpty();
    }

    @Test
    void perform_failedJobThatIsDoneSinceThePlan_stays() throws IOException {
        source = workspace.job("a.fit", ConfigId.parse("3".repeat(32)));
        source.write("{}", "");
        source.claim(ProcessIdentity.current(), "test");
        source.attempt(1).begin(ProcessIdentity.current(), 1);
        source.attempt(1).failed(FailureCause.EXCEPTION, "no luck", null, null);
        ActionPlan plan = clean.plan(List.of(source));
        source.claim(ProcessIdentity.current(), "test");
        source.attempt(2).begin(ProcessIdentity.current(), 1);
        source.attempt(2).done(1, Map.of(), null);

        clean.perform(plan, told::add);

        assertThat(refusal()).contains("it was failed (attempt 1), and is done (attempt 2) now", "look at it again");
    }

    @Test
    void perform_runHasBegunSinceThePlan_stays() throws IOException {
        ActionPlan plan = clean.plan(List.of(source));
        RunFolder run = workspace.experiment("grid").newRun(NOW);
        run.describe(Map.of("process", ProcessIdentity.current().toJson()));
        try (RunFolder.JobList jobs = run.openJobs()) {
            jobs.add(new RunFolder.SubmittedJob(source.typeId(), source.id(), Map.of(), List.of(), "", NOW));
        }

        clean.perform(plan, told::add);

        assertThat(refusal()).contains("the run grid/20260131-120000 goes on, and has it");
    }

    @Test
    void perform_dependentIsActiveSinceThePlan_stays() throws IOException {
        ActionPlan plan = clean.plan(List.of(source));
        JobFolder active = workspace.job("a.search", ConfigId.parse("2".repeat(32)));
        active.write("{\"path\": \"jobs/" + source.name() + "/model.bin\"}", "");
        active.claim(ProcessIdentity.current(), "grid/1");

        clean.perform(plan, told::add);

        assertThat(refusal()).contains(active.name() + " uses it, and is active");
    }

    @Test
    void perform_cleanedByAnotherSinceThePlan_tellsThatItIsGone() {
        ActionPlan plan = clean.plan(List.of(source));
        clean.perform(plan, result -> {});

        clean.perform(plan, told::add);

        assertThat(told.get(0))
                .isInstanceOfSatisfying(
                        ActionResult.Refused.class,
                        refused -> assertThat(refused.reason()).hasMessageContaining("it has no folder any more"));
        assertThat(new Trash(workspace).entries()).hasSize(1);
    }

    @Test
    void perform_anotherProcessCleans_isRefusedAsAWhole() {
        ActionPlan plan = clean.plan(List.of(source));
        TrashChange other = new Trash(workspace).change();

        assertThatThrownBy(() -> clean.perform(plan, told::add)).hasMessageContaining("Cannot change the trash of ");

        other.close();
        clean.perform(plan, told::add);
        assertThat(told).containsExactly(new ActionResult.Performed(source, source.status()));
    }

    private SideFolder action(JobFolder needed) throws IOException {
        RunFolder run = workspace.experiment("looks").newRun(NOW);
        run.describe(Map.of("ended", "2026-01-31T12:00:01.000Z", "outcome", "DONE"));
        SideFolder action = SideFolder.of(run, SideKind.ACTION, "look");
        action.declare(new ActionDescription("a.look", List.of(), List.of(needed.name()), List.of("used.jar")), "{}");
        return action;
    }

    @Test
    void orphans_whatAnActionNeeds_isNone() throws IOException {
        SideFolder action = action(source);
        Path code = Files.createDirectories(WorkspaceLayout.classPath(workspace.root()));
        Files.createFile(code.resolve("used.jar"));
        Files.createFile(code.resolve("unused.jar"));

        JobsView view = WorkspaceIndex.open(workspace).view();
        Orphans orphans = Orphans.find(workspace, view, JobUses.of(view));
        assertThat(orphans.jobs()).extracting(JobView::name).containsExactly(made.name());
        assertThat(orphans.code()).noneMatch(copy -> copy.endsWith("used.jar"));

        Files.writeString(action.configurationFile().resolveSibling("action.json"), "{}");
        assertThat(Orphans.find(workspace, view, JobUses.of(view)).problems())
                .anyMatch(problem -> problem.contains("Cannot read the action look of looks/"));
        assertThatThrownBy(() -> Orphans.requireAllKnown(view, "clean orphans"))
                .hasMessageContaining("Cannot read the action look of looks/");
    }

    @Test
    void plan_jobThatAnExecutionNeeds_isRefusedUntilItsEnd() throws IOException {
        SideFolder action = action(source);
        SideProcess process = action.newProcess(1, Map.of()).orElseThrow();
        assertThat(process.begin()).isTrue();
        clean = new CleanAction(workspace, WorkspaceIndex.open(workspace), "a test", () -> NOW);

        assertThat(clean.plan(List.of(source)).steps().get(0))
                .isInstanceOfSatisfying(
                        ActionPlan.Impossible.class,
                        step -> assertThat(step.reason().getMessage())
                                .contains("the action look of looks/", " uses it, and goes on"));
        process.end(SideStatus.State.DONE, "");
        assertThat(clean.plan(List.of(source)).possible()).hasSize(1);
    }
}
