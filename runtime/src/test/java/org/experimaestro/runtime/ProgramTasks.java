package org.experimaestro.runtime;

import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.ConfigType;
import org.experimaestro.ContainerEngine;
import org.experimaestro.ContainerImage;
import org.experimaestro.Content;
import org.experimaestro.Default;
import org.experimaestro.GeneratedPath;
import org.experimaestro.ProcessTask;
import org.experimaestro.Program;

/** Tasks that run programs. */
final class ProgramTasks {
    private ProgramTasks() {}

    /** A shell script that is given as text. */
    @ConfigType("program.shell")
    record Shell(
            String script,
            @Default("0.5") double rate,

            @GeneratedPath(value = "out.txt", optional = true)
            Path out) implements ProcessTask<Shell> {
        @Override
        public Program program() {
            return Program.of("sh", "-c", script, "train.sh").argument("--rate", rate);
        }
    }

    /** A shell script whose output is read. */
    @ConfigType("program.measured")
    record Measured(String script) implements ProcessTask<Measured> {
        @Override
        public Program program() {
            return Program.of("sh", "-c", script).measures("loss (?<loss>\\S+)");
        }
    }

    /** A program of a file, whose output is read. */
    @ConfigType("program.file")
    record OfFile(
            @Content Path script,
            String interpreter,
            Optional<Integer> epochs,
            @GeneratedPath("model.json") Path model) implements ProcessTask<OfFile> {
        @Override
        public Program program() {
            return Program.of(interpreter, script)
                    .argument("--epochs", epochs)
                    .argument("--model", model)
                    .environment("WORD", "two words")
                    .measures("epoch (?<step>\\d+): loss (?<loss>\\S+)");
        }
    }

    /** A program in a container. */
    @ConfigType("program.contained")
    record Contained(ContainerImage image, Optional<ContainerEngine> engine, Path data)
            implements ProcessTask<Contained> {
        @Override
        public Program program() {
            Program program = Program.of("train", "--data", data).environment("LEVEL", 3);
            return (engine.isPresent() ? program.in(image, engine.get()) : program.in(image))
                    .containerOptions("--gpus", "all");
        }
    }
}
