package org.experimaestro.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.experimaestro.base.file.Folders;
import org.experimaestro.copy.folder.FolderRule;
import org.experimaestro.copy.folder.FolderRule.Kind;
import org.experimaestro.copy.folder.FolderSync;
import org.experimaestro.copy.folder.UsedFolders;
import org.experimaestro.monitor.action.ActionPlan;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.Claim;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.Incoming;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs are used, backed up and moved by rules. */
class FolderSyncTest {
    @TempDir
    private Path folder;

    private RandomJobs here;
    private Path there;
    private final List<String> told = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void make() throws IOException {
        here = new RandomJobs(folder.resolve("here"), new Random(7), 12, 5000);
        there = folder.resolve("there");
    }

    private void follow(FolderRule rule, boolean isDry) throws InterruptedException {
        told.clear();
        warnings.clear();
        FolderSync.Listener listener = new FolderSync.Listener() {
            @Override
            public void copied(FolderRule ofRule, CopyStep step) {
                if (step.part().kind() == CopyPart.Kind.JOB) {
                    told.add(step.getClass().getSimpleName());
                }
            }

            @Override
            public void moved(FolderRule ofRule, JobFolder job) {
                told.add("moved");
            }

            @Override
            public void warning(String text) {
                warnings.add(text);
            }
        };
        new FolderSync(
                        here.workspace,
                        WorkspaceIndex.open(here.workspace),
                        () -> Instant.parse("2026-02-01T12:00:00Z"),
                        listener)
                .follow(rule, job -> true, isDry);
    }

    private List<JobFolder> done() {
        return here.jobs.stream()
                .filter(job -> job.status() instanceof JobStatus.Done)
                .toList();
    }

    private Workspace newWorkspace() {
        return Workspace.open(folder.resolve("new"));
    }

    @Test
    void backup_doneJobs_areCopiedOnce_andOnlyThoseOfTheFilter() throws Exception {
        FolderRule rule = new FolderRule(Kind.BACKUP, there, Filter.ALL);
        follow(rule, false);
        assertThat(warnings).singleElement().asString().contains("Cannot back up to " + there + ": there is no such");

        Files.createDirectory(there);
        follow(new FolderRule(Kind.BACKUP, there, Filter.parse("type=type.a")), true);
        assertThat(told).isNotEmpty().hasSizeLessThan(done().size()).containsOnly("Copied");
        assertThat(there.resolve("jobs")).doesNotExist();

        follow(rule, false);
        assertThat(told).hasSize(done().size()).containsOnly("Copied");
        follow(rule, false);
        assertThat(told).hasSize(done().size()).containsOnly("There");
        assertThat(warnings).isEmpty();
        for (JobFolder job : done()) {
            assertThat(Workspace.view(there).job(job.typeId(), job.id()).status())
                    .isEqualTo(job.status());
            assertThat(job.path()).isDirectory();
        }
    }

    @Test
    void move_doneJobs_becomeLinksToVerifiedCopies_andPinnedOnesStay() throws Exception {
        Map<String, String> before = RandomJobs.content(here.workspace.root());
        JobFolder pinned = done().get(0);
        pinned.pin().write("paper", Instant.parse("2026-02-01T11:00:00Z"));
        Files.createDirectory(there);
        int count = done().size();

        follow(new FolderRule(Kind.MOVE, there, Filter.ALL), false);

        assertThat(told.stream().filter("moved"::equals)).hasSizeBetween(1, count - 1);
        assertThat(warnings).anyMatch(text -> text.contains(pinned.name()) && text.contains("pinned"));
        assertThat(ElsewhereLink.find(pinned)).isEmpty();
        assertThat(new Trash(here.workspace).entries()).isEmpty();
        assertThat(done()).hasSize(count);
        for (JobFolder job : done()) {
            for (Map.Entry<String, String> file : before.entrySet()) {
                if (file.getKey().startsWith("jobs/" + job.name() + "/part")) {
                    assertThat(here.workspace.root().resolve(file.getKey())).exists();
                }
            }
        }
        // What a killed move has left in the trash alone is found where it was copied.
        JobFolder moved = done().stream()
                .filter(job -> ElsewhereLink.find(job).isPresent())
                .findFirst()
                .orElseThrow();
        Files.delete(moved.path());
        assertThat(used(here.workspace, Kind.MOVE).find(moved, true)).contains(moved);
        assertThat(moved.status()).isInstanceOf(JobStatus.Done.class);
        follow(new FolderRule(Kind.MOVE, there, Filter.ALL), false);
        assertThat(told).doesNotContain("Copied");
    }

    private UsedFolders used(Workspace workspace, Kind kind) {
        return new UsedFolders(
                workspace.root(),
                List.of(new FolderRule(
                        kind, kind == Kind.MOVE ? there : here.workspace.root(), Filter.parse("state=done"))),
                warnings::add);
    }

    @Test
    void use_doneJobs_areLinkedOrCopied_andNothingIsWrittenForALook() throws Exception {
        Workspace other = newWorkspace();
        JobFolder source = done().get(0);
        JobFolder job = other.job(source.typeId(), source.id());

        assertThat(used(other, Kind.LINK).find(job, false).orElseThrow().path()).isEqualTo(source.path());
        assertThat(job.path()).doesNotExist();
        assertThat(used(other, Kind.LINK).find(job, true)).contains(job);
        assertThat(ElsewhereLink.find(job)).contains(source.path());
        assertThat(job.status()).isEqualTo(source.status());

        Files.delete(job.path());
        assertThat(used(other, Kind.COPY).find(job, true)).contains(job);
        assertThat(ElsewhereLink.find(job)).isEmpty();
        assertThat(job.status()).isEqualTo(source.status());
        for (JobFolder each : here.jobs) {
            if (!(each.status() instanceof JobStatus.Done)) {
                assertThat(used(other, Kind.LINK).find(other.job(each.typeId(), each.id()), true))
                        .isEmpty();
            }
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    void use_jobFailsThereLater_isNewHere_andNothingIsWrittenThere() throws Exception {
        Workspace other = newWorkspace();
        JobFolder source = done().get(0);
        JobFolder job = other.job(source.typeId(), source.id());
        assertThat(used(other, Kind.LINK).find(job, true)).contains(job);
        Files.delete(source.path().resolve(".experimaestro/done.json"));
        Map<String, String> before = RandomJobs.content(here.workspace.root());

        assertThat(job.status()).isInstanceOf(JobStatus.New.class);
        assertThat(job.claim(ProcessIdentity.current(), "run")).isInstanceOf(Claim.Granted.class);
        assertThat(ElsewhereLink.find(job)).isEmpty();
        assertThat(RandomJobs.content(here.workspace.root())).isEqualTo(before);
    }

    @Test
    void clean_jobElsewhere_losesItsLinkAlone() throws Exception {
        Workspace other = newWorkspace();
        JobFolder source = done().get(0);
        JobFolder job = other.job(source.typeId(), source.id());
        assertThat(used(other, Kind.LINK).find(job, true)).contains(job);

        WorkspaceIndex index = WorkspaceIndex.open(other);
        CleanAction clean = new CleanAction(other, index, "test", () -> Instant.parse("2026-02-01T12:00:00Z"));
        ActionPlan plan = clean.plan(List.of(job));
        assertThat(plan.steps().toString()).contains("loses only its link to " + source.path());
        clean.perform(plan, result -> told.add(result.getClass().getSimpleName()));

        assertThat(told).containsExactly("Performed");
        assertThat(job.path()).doesNotExist();
        assertThat(source.status()).isInstanceOf(JobStatus.Done.class);
    }

    @Test
    void use_folderIsGone_isWarnedOfOnce_andAJobWhoseResultMayBeThereDoesNotRun() throws Exception {
        Workspace other = newWorkspace();
        JobFolder source = done().get(0);
        JobFolder job = other.job(source.typeId(), source.id());
        UsedFolders used = used(other, Kind.LINK);
        assertThat(used.find(job, true)).contains(job);
        Path away = folder.resolve("away");
        Files.move(here.workspace.root(), away);

        JobFolder another = other.job("type.none", source.id());
        assertThat(used.find(another, true)).isEmpty();
        assertThat(used.find(another, true)).isEmpty();
        assertThat(warnings).singleElement().asString().contains("there is no such folder");
        assertThatThrownBy(() -> job.claim(ProcessIdentity.current(), "run"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(source.path() + ", which cannot be reached");

        Files.move(away, here.workspace.root());
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
        Folders.delete(source.path());
        assertThat(job.status()).isInstanceOf(JobStatus.New.class);
        assertThat(job.claim(ProcessIdentity.current(), "run")).isInstanceOf(Claim.Granted.class);
        assertThat(ElsewhereLink.find(job)).isEmpty();
    }

    private Map<String, String> jobFiles() throws IOException {
        Map<String, String> files = new TreeMap<>(RandomJobs.content(here.workspace.root()));
        files.keySet().removeIf(path -> !path.startsWith("jobs/"));
        return files;
    }

    @Test
    void move_folderIsTheWorkspaceItself_orHasItsJobs_movesNothing() throws Exception {
        Path root = here.workspace.root();
        Map<String, String> before = jobFiles();
        Path alias = Files.createSymbolicLink(folder.resolve("alias"), root);
        for (Path same : List.of(root, alias)) {
            follow(new FolderRule(Kind.MOVE, same, Filter.ALL), false);
            assertThat(warnings).singleElement().asString().contains("it is the folder of this workspace itself");
            assertThat(told).isEmpty();
        }

        Files.createDirectory(there);
        Files.createSymbolicLink(there.resolve("jobs"), root.resolve("jobs"));
        follow(new FolderRule(Kind.MOVE, there, Filter.ALL), false);

        assertThat(told).hasSize(done().size()).containsOnly("Refused");
        assertThat(jobFiles()).isEqualTo(before);
        assertThat(new Trash(here.workspace).entries()).isEmpty();
    }

    @Test
    void follow_jobThereIsALinkBack_isNoCopy_andStays() throws Exception {
        JobFolder job = done().get(0);
        JobFolder other = Workspace.open(there).job(job.typeId(), job.id());
        assertThat(ElsewhereLink.create(other, job)).isTrue();

        follow(new FolderRule(Kind.BACKUP, there, Filter.ALL), false);
        assertThat(told).hasSize(done().size()).containsOnlyOnce("Refused");
        follow(new FolderRule(Kind.MOVE, there, Filter.ALL), false);

        assertThat(told).containsOnlyOnce("Refused").contains("moved");
        assertThat(job.path()).isDirectory();
        assertThat(ElsewhereLink.find(job)).isEmpty();
        assertThat(job.status()).isInstanceOf(JobStatus.Done.class);
    }

    @Test
    void move_noteIsAnotherOneThere_keepsTheJob() throws Exception {
        JobFolder job = done().get(0);
        Notes.of(job).add("mine", Instant.parse("2026-02-01T11:00:00Z"));
        Files.createDirectory(there);
        follow(new FolderRule(Kind.BACKUP, there, Filter.ALL), false);
        Path notes = Notes.of(Workspace.view(there).job(job.typeId(), job.id())).folder();
        Files.writeString(notes.resolve(Workspace.listNames(notes).getFirst()), "{}");

        follow(new FolderRule(Kind.MOVE, there, Filter.ALL), false);

        assertThat(warnings).anyMatch(text -> text.contains(job.name()) && text.contains("is another one there"));
        assertThat(ElsewhereLink.find(job)).isEmpty();
        assertThat(Notes.of(job).list()).singleElement().extracting(Note::text).isEqualTo("mine");
    }

    @Test
    void use_folderOfAMove_asksNotForTheRunsOfItsFilter() throws Exception {
        JobFolder source = done().get(0);
        JobFolder job = newWorkspace().job(source.typeId(), source.id());
        UsedFolders moved = new UsedFolders(
                folder.resolve("new"),
                List.of(new FolderRule(Kind.MOVE, here.workspace.root(), Filter.parse("experiment=none"))),
                warnings::add);

        assertThat(moved.find(job, true)).contains(job);
        assertThat(ElsewhereLink.find(job)).contains(source.path());
    }

    @Test
    void use_anotherProcessCopies_linksTheJobInstead() throws Exception {
        Workspace other = newWorkspace();
        JobFolder source = done().get(0);
        JobFolder job = other.job(source.typeId(), source.id());
        Incoming busy = Incoming.open(other);
        try (busy) {
            assertThat(used(other, Kind.COPY).find(job, true)).contains(job);
        }

        assertThat(ElsewhereLink.find(job)).contains(source.path());
        assertThat(warnings).singleElement().asString().contains("is used by a link", "copies into the workspace");
    }

    @Test
    void use_brokenLinkOfBefore_isReplaced_andNothingIsWrittenThere() throws Exception {
        JobFolder source = done().get(0);
        JobFolder job = newWorkspace().job(source.typeId(), source.id());
        Files.createDirectories(job.path().getParent());
        Files.createSymbolicLink(job.path(), folder.resolve("gone/jobs/" + job.name()));

        assertThat(used(newWorkspace(), Kind.LINK).find(job, true)).contains(job);

        assertThat(job.status()).isEqualTo(source.status());
        Map<String, String> before = jobFiles();
        Instant now = Instant.parse("2026-02-01T11:00:00Z");
        assertThatThrownBy(() -> job.pin().write("paper", now)).hasMessageContaining("workspace, in " + source.path());
        assertThatThrownBy(() -> Notes.of(job).add("mine", now)).hasMessageContaining("workspace, in " + source.path());
        assertThat(jobFiles()).isEqualTo(before);
    }
}
