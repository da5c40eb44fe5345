package org.experimaestro.cli.completion;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.CommandTree;
import org.experimaestro.cli.output.Printer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro completion}. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the script with which a shell completes commands, options, identifiers of jobs, experiments, runs and"
                    + " tags.",
            "The names are those of the workspace that the command would use."
        },
        footer = {
            "",
            "Examples:",
            "  eval \"$(experimaestro completion bash)\"       in ~/.bashrc",
            "  eval \"$(experimaestro completion zsh)\"        in ~/.zshrc, after compinit",
            "  experimaestro completion fish | source        in ~/.config/fish/config.fish"
        })
public final class CompletionCommand implements Callable<Integer> {
    @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
    private CompletionShell shell = CompletionShell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public CompletionCommand() {}

    @Override
    public Integer call() {
        Printer.out(spec.commandLine())
                .text(CompletionScript.of(shell, CommandTree.whole(spec.root().userObject())));
        return ExitCode.OK;
    }
}
