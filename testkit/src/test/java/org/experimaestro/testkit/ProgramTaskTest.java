package org.experimaestro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.experimaestro.Tags.tag;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ContainerImage;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.Program;
import org.experimaestro.ProgramException;
import org.experimaestro.ProgramFile;
import org.experimaestro.ProgramTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tasks that run programs and have no class of their own, in plans and in unit tests. */
class ProgramTaskTest {
    @TempDir
    private Path folder;

    @Test
    void plan_twoProgramTasks_runInTheirOrder() throws Exception {
        Path script = Files.writeString(folder.resolve("train.sh"), "echo \"$1 $2\" >\"$3\"; echo loss: 0.25");

        PlanRun run = PlanRunner.<String>of((xp, settings) -> {
                    Config<Map<String, ProgramFile>> trained = xp.submit(train(script)
                            .parameter("rate", tag(0.1))
                            .measures("loss: (?<loss>.*)")
                            .build());
                    xp.submit(ProgramTask.named("evaluate")
                            .command("sh", "-c", "cat {model}; exit {code}")
                            .file("model", Config.entries(trained).get("model"))
                            .parameter("code", 3)
                            .build());
                })
                .workspace(folder.resolve("workspace"))
                .run("");

        assertThat(run.outcome()).isEqualTo(Outcome.FAILED);
        TaskSubmission train = run.submissions().get(0);
        TaskSubmission evaluate = run.submissions().get(1);
        assertThat(evaluate.dependencies()).containsExactly(train);
        assertThat(evaluate.tags()).isEqualTo(Map.of("rate", 0.1));
        assertThat(run.report().jobs()).extracting(JobReport::outcome).containsExactly(Outcome.DONE, Outcome.FAILED);
        assertThat(run.report().jobs().get(0).metrics()).isEqualTo(Map.of("loss", 0.25));
        assertThat(folder.resolve("workspace/jobs/experimaestro.program/" + train.id() + "/model.txt"))
                .hasContent("0.1 true");
    }

    @Test
    void id_script_countsByItsContent() throws Exception {
        Path script = Files.writeString(folder.resolve("a.sh"), "exit 0");
        Path same = Files.writeString(folder.resolve("b.sh"), "exit 0");
        Path other = Files.writeString(folder.resolve("c.sh"), "exit 1");

        Object id = train(script).parameter("rate", 1).build().id();

        assertThat(train(same).parameter("rate", 1).build().id()).isEqualTo(id);
        assertThat(train(other).parameter("rate", 1).build().id()).isNotEqualTo(id);
        assertThat(train(script).parameter("rate", 1.0).build().id()).isNotEqualTo(id);
        assertThat(train(script).parameter("rate", tag(1)).build().id()).isEqualTo(id);
    }

    @Test
    void id_image_countsByItsDigest() {
        String digest = "@sha256:" + "0a".repeat(32);

        assertThat(ContainerImage.find("lab/train:1" + digest).id())
                .isEqualTo(ContainerImage.find("localhost:5000/train" + digest).id())
                .isNotEqualTo(ContainerImage.find("lab/train:1@sha256:" + "0b".repeat(32))
                        .id());
        assertThat(ContainerImage.find("localhost:5000/train" + digest).value())
                .hasToString("localhost:5000/train" + digest);
        assertThatThrownBy(() -> ContainerImage.find("train@sha256:12"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Cannot find the digest of the image train@sha256:12: the digest of an image is")
                .hasMessageStartingWith("ProgramTaskTest.java:");
    }

    @Test
    void build_wrongParts_areRefusedWithAdvice() throws Exception {
        Path script = Files.createFile(folder.resolve("x.sh"));

        assertThatThrownBy(() -> train(script).build())
                .hasMessageContaining("its command has {rate}, which has no value; set it by parameter(…)");
        assertThatThrownBy(() -> train(script).parameter("script", 1)).hasMessageContaining("script is set twice");
        assertThatThrownBy(() -> train(script).parameter("a-b", 1)).hasMessageContaining("use letters, digits");
        assertThatThrownBy(() -> train(script).parameter("list", List.of())).hasMessageContaining("file(…)");
        for (String path : List.of("../x", "/x", "", ".Experimaestro/x")) {
            assertThatThrownBy(() -> train(script).output("other", path))
                    .hasMessageContaining("write one inside the job's folder");
        }
        assertThatThrownBy(() -> ProgramTask.named("empty").build()).hasMessageContaining("it has no command");
    }

    @Test
    void execute_programInAUnitTest_recordsItsMetrics() throws Exception {
        TestContext context = TestContext.in(folder);

        context.run(Program.of("sh", "-c", "echo a=1 >>\"$EXPERIMAESTRO_MEASUREMENTS\""));

        assertThat(context.metrics()).isEqualTo(Map.of("a", 1.0));
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> context.run(Program.of("sh", "-c", "exit 4")))
                .isInstanceOf(ProgramException.class)
                .hasMessage("sh ended with exit code 4");
    }

    @Test
    void execute_missingOutput_isAnError() throws Exception {
        Config<ProgramTask> task = ProgramTask.named("lazy")
                .command("true")
                .output("model", "model.bin")
                .build();

        assertThatThrownBy(() -> TestContext.in(folder).execute(task))
                .hasMessage("the program has ended without having made model (model.bin)");
    }

    private static ProgramTask.Builder train(Path script) {
        return ProgramTask.named("train")
                .command("sh", "{script}", "{rate}", "{fast}", "{model}")
                .file("script", script)
                .parameter("fast", true)
                .output("model", "model.txt");
    }
}
