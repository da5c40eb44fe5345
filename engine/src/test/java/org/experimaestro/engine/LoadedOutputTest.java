package org.experimaestro.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ConfigType;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Outcome;
import org.experimaestro.RunMode;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;
import org.experimaestro.trial.Lab;
import org.experimaestro.trial.Written;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tasks that use what jobs have made whose configurations were saved: in this workspace, in another one, in a moved one. */
@Tag("thorough")
class LoadedOutputTest extends LabFixture {
    private Lab other;
    private Path file;

    /** A task that is its own output, so that only its producer leads to its file. */
    @ConfigType("trial.store")
    public record Store(
            String text, @GeneratedPath("text.txt") Path file) implements SelfTask<Store> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(file, text);
        }
    }

    /** A task that reads the file of another one. */
    @ConfigType("trial.recite")
    public record Recite(
            Store store, @GeneratedPath("copy.txt") Path copy) implements SelfTask<Recite> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.copy(store.file(), copy);
        }
    }

    @BeforeEach
    void makeOther() throws IOException {
        other = new Lab(Files.createDirectory(folder.resolve("other")));
        file = folder.resolve("saved.json");
    }

    @Test
    void submit_outputOfADoneJobOfAnotherWorkspace_waitsForNothingAndKeepsTheIdentifier() throws Exception {
        other.run((xp, settings) -> Config.save(xp.submit(other.step("a")), file));
        ExperimentPlan<String> plan = (xp, settings) -> xp.submit(lab.step("b", Config.load(file, Written.class)));

        assertThat(lab.run(RunMode.DRY_RUN, plan).outcome()).isEqualTo(Outcome.NOT_RUN);
        assertThat(lab.run(plan).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.control().executions()).containsExactly("b");
        assertThat(lab.job("b").path().resolve("out.txt")).hasContent("b<a>");
        assertThat(lab.recorder().submitted().get(0).dependencies()).isEmpty();

        Lab both = new Lab(Files.createDirectory(folder.resolve("both")));
        both.run((xp, settings) -> xp.submit(lab.step("b", xp.submit(other.step("a")))));
        assertThat(both.job("b").name()).isEqualTo(lab.job("b").name());
    }

    @Test
    void submit_taskThatMadeItselfInAnotherWorkspace_readsItsFilesThere() throws Exception {
        other.run((xp, settings) -> Config.save(xp.submit(store("text")), file));

        assertThat(lab.run((xp, settings) -> xp.submit(recite())).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("trial.recite").path().resolve("copy.txt")).hasContent("text");
        assertThat(lab.run((xp, settings) -> xp.submit(recite())).doneBefore()).isEqualTo(1);
    }

    @Test
    void submit_sameJobInThisRunToo_isNotWaitedFor() throws Exception {
        other.run((xp, settings) -> Config.save(xp.submit(other.step("a")), file));
        lab.control().hold("a");
        var run = lab.start((xp, settings) -> {
            xp.submit(lab.step("a"));
            xp.submit(lab.step("b", Config.load(file, Written.class)));
        });
        lab.control().awaitExecution("b");
        lab.control().release("a");

        assertThat(run.get().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void submit_jobOfAnotherWorkspaceThatIsNotDone_isRefusedWithItsState() throws Exception {
        other.control().fail("a");
        other.run((xp, settings) -> Config.save(xp.submit(other.step("a")), file));
        String name = other.job("a").name();
        ExperimentPlan<String> plan = (xp, settings) -> xp.submit(lab.step("b", Config.load(file, Written.class)));

        for (RunMode mode : RunMode.values()) {
            assertThatThrownBy(() -> lab.run(mode, plan))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageMatching("[A-Za-z]+.java:\\d+: Cannot submit trial.step/.*")
                    .hasMessageContaining("it depends on " + name + " (by its parameter inputs[0]) of the workspace "
                            + other.workspace() + ", which has it in the state failed; run that job there");
        }
        Files.writeString(other.job("a").internalFolder().resolve("done.json"), "{");
        assertThatThrownBy(() -> lab.run(plan))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("which cannot be read: ", "done.json");
    }

    @Test
    void submit_jobOfAnotherWorkspaceWhoseOutputsWereRemoved_isRefusedUnlessItsConsumerIsDone() throws Exception {
        other.run((xp, settings) -> Config.save(xp.submit(other.step("a")), file));
        ExperimentPlan<String> plan = (xp, settings) -> xp.submit(lab.step("b", Config.load(file, Written.class)));
        lab.run(plan);
        other.run((xp, settings) -> xp.submit(other.step("learn", xp.submitTransient(other.step("a")))));

        assertThat(lab.run(plan).outcome()).isEqualTo(Outcome.DONE);
        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(lab.step("c", Config.load(file, Written.class)))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("which has it in the state done, outputs removed; run that job again there");
    }

    @Test
    void submit_workspaceThatHasMoved_isFoundByTheRunAndItsJobIsDone() throws Exception {
        other.run((xp, settings) -> Config.save(xp.submit(store("text")), file));
        Files.move(other.workspace(), lab.workspace());

        assertThat(lab.run((xp, settings) -> xp.submit(recite())).outcome()).isEqualTo(Outcome.DONE);
        assertThat(lab.job("trial.recite").path().resolve("copy.txt")).hasContent("text");
        assertThat(lab.recorder().submitted().get(0).dependencies())
                .containsExactly(other.job("trial.store").name());
    }

    @Test
    void submit_otherWorkspaceHasMovedAway_isRefused() throws Exception {
        other.run((xp, settings) -> Config.save(xp.submit(store("text")), file));
        Files.move(other.workspace(), folder.resolve("away"));

        assertThatThrownBy(() -> lab.run((xp, settings) -> xp.submit(recite())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "it depends on " + other.job("trial.store").name());
    }

    @Test
    void run_parametersOfANewerFormat_areACorruptJob() throws Exception {
        ExperimentPlan<String> plan = (xp, settings) -> {
            xp.submit(lab.step("done"));
            xp.submit(lab.step("failed"));
            xp.submit(lab.step("other"));
        };
        lab.control().fail("failed");
        lab.run(plan);
        lab.control().mend("failed");
        for (String key : new String[] {"format", "identifierFormat"}) {
            for (String name : new String[] {"done", "failed"}) {
                JobFolder job = lab.job(name);
                String good = Files.readString(job.parametersFile());
                String newer = good.replace("\"" + key + "\": 1", "\"" + key + "\": 2");
                Files.writeString(job.parametersFile(), newer);

                RunResult result = lab.run((xp, settings) -> xp.submit(lab.step(name)));
                assertThat(result.failures()).singleElement().satisfies(failure -> {
                    assertThat(failure.status().state()).isEqualTo(JobState.CORRUPT);
                    assertThat(failure.status().message())
                            .startsWith(job.parametersFile().toString())
                            .endsWith("of format 2, this version knows up to 1; update Experimaestro"
                                    .substring(key.equals("format") ? "of format ".length() : 0));
                });
                assertThat(job.parametersFile()).hasContent(newer);
                Files.writeString(job.parametersFile(), good);
            }
        }
        assertThat(lab.run(plan).failures()).isEmpty();
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("done", "failed", "other", "failed");
    }

    private static Config<Store> store(String text) {
        return Config.builder(Store.class).set("text", text).build();
    }

    private Config<Recite> recite() {
        return Config.builder(Recite.class)
                .set("store", Config.load(file, Store.class))
                .build();
    }
}
