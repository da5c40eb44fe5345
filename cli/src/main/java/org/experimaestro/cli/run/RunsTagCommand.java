package org.experimaestro.cli.run;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.CommandLineProblem;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro runs tag}. */
@Command(
        name = "tag",
        mixinStandardHelpOptions = true,
        description = "Sets or removes a tag of a run, which is a column of runs list. The last value of a tag counts.",
        footer = {
            "",
            "Examples:",
            "  experimaestro runs tag grid/20261128-120000 paper=icml",
            "  experimaestro runs tag grid --remove paper"
        })
final class RunsTagCommand implements Callable<Integer> {
    @Mixin
    private final RunTarget target = new RunTarget();

    @Parameters(index = "1", paramLabel = "NAME[=VALUE]", description = "The tag, such as paper or paper=icml.")
    private String tag = "";

    @Option(names = "--remove", description = "Remove the tag, whatever its value.")
    private boolean remove;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        int equals = tag.indexOf('=');
        String name = equals < 0 ? tag : tag.substring(0, equals);
        if (name.isBlank()) {
            throw new ParameterException(spec.commandLine(), "A tag has a name: \"" + tag + "\" has none");
        }
        RunFolder run = target.findLast();
        Notes notes = Notes.of(run);
        if (remove) {
            if (notes.removeTag(name) == 0) {
                throw WorkspaceException.of("The run " + run.qualifiedName() + " has no tag \"" + name + "\"")
                        .advice(CommandLineProblem.advice(
                                name, Notes.tags(notes.list()).keySet(), "tags of this run"))
                        .build();
            }
            Printer.out(spec.commandLine()).line(run.qualifiedName() + " has no tag " + name + " any more");
        } else {
            notes.tag(name, equals < 0 ? "" : tag.substring(equals + 1), Instant.now());
            Printer.out(spec.commandLine()).line(run.qualifiedName() + " has the tag " + tag);
        }
        return ExitCode.OK;
    }
}
