package org.experimaestro.cli.web;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.web.address.PageView;
import org.experimaestro.web.running.RunningPage;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option for the link of a view, and the line with the link that ends a view in a terminal. */
public final class LinkOption {
    @Spec(Spec.Target.MIXEE)
    @Nullable
    public CommandSpec command;

    @Option(
            names = "--link",
            description = "Print only the address of this view in the page of the workspace, which must run. It opens"
                    + " the page once.")
    private boolean isOnly;

    /** Returns whether only the link is wanted. */
    public boolean isOnly() {
        return isOnly;
    }

    /**
     * Prints only the link, with a token, so that any browser opens it.
     *
     * @param workspace the workspace
     * @param view the view; empty if the page has none of these rows
     * @return the exit code
     * @throws ParameterException if there is no view
     * @throws WorkspaceException if no page of the workspace runs, or it does not answer
     */
    public int print(Workspace workspace, Optional<PageView> view) {
        PageView wanted = view.orElseThrow(() -> new ParameterException(
                line(), "The page has no view of this; leave out --link, or the options that it does not know"));
        RunningPage page = PageFinder.find(workspace, any -> true)
                .orElseThrow(() -> WorkspaceException.of("Cannot link to " + wanted.address()
                                + ": no page of the workspace " + workspace + " runs on this machine")
                        .advice("start it with: experimaestro monitor --web --workdir "
                                + ShellWord.of(workspace.root().toString()))
                        .build());
        try {
            Printer.out(line()).line(wanted.openedBy(PageFinder.newAddress(page)));
            return ExitCode.OK;
        } catch (IOException silent) {
            throw WorkspaceException.of("Cannot link to " + wanted.address() + ": the page at " + page + " gives no"
                            + " address: " + Failures.reason(silent))
                    .advice("start another one with: experimaestro monitor --web --new")
                    .cause(silent)
                    .build();
        }
    }

    /**
     * Prints the link behind a view on the standard error, if the standard output is a terminal and a page of the
     * workspace runs.
     *
     * @param workspace the workspace
     * @param view the view; empty if the page has none of these rows
     */
    public void show(Workspace workspace, Optional<PageView> view) {
        view.flatMap(shown -> PageFinder.findLink(workspace, shown, page -> true))
                .ifPresent(Printer.err(line())::line);
    }

    private CommandLine line() {
        return Objects.requireNonNull(command).commandLine();
    }
}
