package org.experimaestro.cli.api;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.LogFormat;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.Version;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.web.remote.FarEnd;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.ExitCode;

/**
 * The main class of the program that reads a workspace for a person at another machine. It talks by its standard streams,
 * and ends with its input.
 */
public final class FarMain {
    static final String READ_ONLY = "--read-only";

    private FarMain() {}

    /**
     * Reads a workspace until the other side ends.
     *
     * @param arguments the name by which the person reaches this host, the folder, and {@code --read-only} if no action
     *     is allowed
     * @throws InterruptedException if this thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        LogFormat.install();
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err); // a line of a library would be taken for a frame
        int code = ExitCode.OK;
        try {
            serve(List.of(arguments), out);
        } catch (IOException gone) {
            Printer.standardError().error(Failures.reason(gone));
            code = ExitCode.SOFTWARE;
        }
        System.exit(code); // no answer that still computes may keep the process
    }

    private static void serve(List<String> arguments, OutputStream out) throws IOException, InterruptedException {
        try (LocalApi api = open(arguments)) {
            FarEnd.serve(api, Version.text(), System.in, out);
        } catch (ExperimaestroException refused) {
            FarEnd.refuse(Version.text(), String.valueOf(refused.getMessage()), out);
        }
    }

    private static LocalApi open(List<String> arguments) {
        Path folder = HomeFolder.current()
                .resolve(HomeFolder.expand(arguments.get(1)))
                .normalize();
        Workspace workspace = Workspace.view(folder);
        if (!workspace.exists()) {
            throw WorkspaceException.of("There is no workspace in " + folder)
                    .advice("name one with --ssh " + SshPlace.FORM + ", or run an experiment there to make it")
                    .build();
        }
        return LocalApi.open(workspace, arguments.contains(READ_ONLY), Optional.of(arguments.getFirst()));
    }
}
