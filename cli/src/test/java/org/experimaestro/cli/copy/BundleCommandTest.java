package org.experimaestro.cli.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.experimaestro.cli.CommandLineRun;
import org.experimaestro.cli.Main;
import org.experimaestro.cli.option.CommandTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Bundles: they are made, checked, looked at, and never changed. */
@Timeout(120)
class BundleCommandTest {
    @TempDir
    private Path folder;

    private CopiedSample here;
    private Path bundle;

    @BeforeEach
    void make() throws IOException {
        here = new CopiedSample(folder.resolve("here"));
        bundle = folder.resolve("results.zip");
    }

    private void create() {
        CommandLineRun told = here.command("bundle", "create", bundle.toString());
        assertThat(told.text()).contains(bundle + ": 3 jobs, 1 run");
        assertThat(told.exitCode()).isZero();
    }

    @Test
    void create_twice_hasTheSameBytesAndIsIntact() throws IOException {
        create();
        byte[] first = Files.readAllBytes(bundle);
        CommandLineRun again = here.command("bundle", "create", bundle.toString());
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.text()).contains("there is a file of that name", "--force");

        assertThat(here.command("bundle", "create", bundle.toString(), "--force")
                        .exitCode())
                .isZero();

        assertThat(Files.readAllBytes(bundle)).isEqualTo(first);
        assertThat(CommandLineRun.of("bundle", "verify", bundle.toString()).text())
                .contains(bundle + " is intact: 3 jobs, 1 run");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(here.workspace.root(), bundle);
        }
    }

    @Test
    void create_ofACopy_hasTheSameBytes() throws IOException {
        create();
        Path copy = folder.resolve("copy");
        assertThat(here.command("copy", copy.toString()).exitCode()).isZero();
        Path second = folder.resolve("second.zip");

        assertThat(CopiedSample.command(copy, "bundle", "create", second.toString())
                        .exitCode())
                .isZero();

        assertThat(second).hasSameBinaryContentAs(bundle);
    }

    @Test
    void look_bundle_printsWhatTheWorkspacePrints() {
        create();
        for (List<String> words : List.of(
                List.of("jobs", "list"),
                List.of("jobs", "show", here.learn.id().toString()),
                List.of("runs", "list"),
                List.of("runs", "show", "grid"),
                List.of("experiments", "list"),
                List.of("jobs", "why", here.failed.id().toString()))) {
            String[] command = words.toArray(String[]::new);
            String known =
                    here.command(command).text().replace(here.workspace.root().toString(), "ROOT");

            CommandLineRun told = CopiedSample.command(bundle, command);

            assertThat(told.exitCode()).as(words.toString()).isZero();
            assertThat(told.text().replaceAll("/\\S*/bundles/[0-9a-f]{32}", "ROOT"))
                    .as(words.toString())
                    .isEqualTo(known);
        }
    }

    @Test
    void copy_fromBundle_makesAWorkspaceOfTheSameContent() throws IOException {
        create();
        Path to = folder.resolve("there");

        CommandLineRun told = CommandLineRun.of("copy", "--from", bundle.toString(), to.toString());

        assertThat(told.text()).contains("3 jobs, 1 run");
        assertThat(CopiedSample.content(to)).isEqualTo(CopiedSample.content(here.workspace.root()));
        assertThat(to.resolve(".experimaestro-bundle.json")).doesNotExist();
        assertThat(CopiedSample.command(to, "jobs", "pin", here.learn.id().toString())
                        .exitCode())
                .isZero();
    }

    /** Commands that only look, with words after which they end by themselves. */
    private static final Set<String> LOOK = Set.of(
            "jobs list",
            "jobs show",
            "jobs log",
            "jobs path",
            "jobs why",
            "jobs diff",
            "jobs debug",
            "runs list",
            "runs show",
            "runs diff",
            "runs export",
            "runs checkout",
            "experiments list",
            "experiments show",
            "table",
            "describe",
            "explain",
            "orphans",
            "du",
            "tokens list",
            "actions list",
            "services list",
            "services log",
            "trash list",
            "events",
            "monitor",
            "copy",
            "bundle create");

    @Test
    void act_bundle_isRefusedByEachCommandThatDoesNotOnlyLook() {
        create();
        Map<String, List<String>> words = Map.of(
                "jobs note", List.of(here.learn.id().toString(), "text"),
                "runs set", List.of("grid", "--jobs=1"),
                "runs tag", List.of("grid", "a=b"),
                "runs note", List.of("grid", "text"),
                "runs retry", List.of("grid", here.failed.id().toString()),
                "experiments prune", List.of("grid", "--keep=1"),
                "trash empty", List.of(),
                "trash undo", List.of(),
                "migrate", List.of(experiment(), "--write"),
                "run-experiment", List.of(experiment()));
        List<String> acting = leaves(CommandTree.whole(Main.class))
                .map(CommandLine::getCommandSpec)
                .filter(command -> command.findOption("--workdir") != null)
                .map(command -> command.qualifiedName().substring("experimaestro ".length()))
                .filter(command -> !LOOK.contains(command))
                .toList();
        assertThat(acting).contains("jobs kill", "jobs clean", "jobs pin", "run-experiment", "trash undo");
        for (String command : acting) {
            List<String> all = new ArrayList<>(Arrays.asList(command.split(" ")));
            String usual = command.startsWith("jobs") ? here.failed.id().toString() : "grid";
            all.addAll(words.getOrDefault(command, command.equals("workspaces sync") ? List.of() : List.of(usual)));

            CommandLineRun told = CopiedSample.command(bundle, all.toArray(String[]::new));

            assertThat(told.exitCode()).as(told.text()).isEqualTo(1);
            assertThat(told.text())
                    .as(command)
                    .contains("Cannot change " + bundle
                            + ": it is a bundle, which is read-only; copy it into a workspace: "
                            + "experimaestro copy --from " + bundle + " DIR");
        }
    }

    private String experiment() {
        try {
            Files.writeString(folder.resolve("Nothing.java"), """
                    import org.experimaestro.*;
                    class Nothing implements ExperimentPlan<Nothing.Settings> {
                        record Settings() {}
                        public void run(Experiment xp, Settings settings) {}
                    }
                    """);
            return Files.writeString(folder.resolve("nothing.yaml"), "id: nothing\nclass: Nothing\n")
                    .toString();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }

    private static Stream<CommandLine> leaves(CommandLine command) {
        return command.getSubcommands().isEmpty()
                ? Stream.of(command)
                : command.getSubcommands().values().stream().flatMap(BundleCommandTest::leaves);
    }

    @Test
    void look_cutBundle_isRefused() throws IOException {
        create();
        byte[] bytes = Files.readAllBytes(bundle);
        Files.write(bundle, Arrays.copyOf(bytes, bytes.length / 2));

        CommandLineRun told = CopiedSample.command(bundle, "jobs", "list");

        assertThat(told.exitCode()).isEqualTo(1);
        assertThat(told.text()).contains("Cannot open the bundle " + bundle);
        assertThat(CommandLineRun.of("bundle", "verify", bundle.toString()).exitCode())
                .isEqualTo(1);
    }
}
