package org.experimaestro.runtime.side;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.Action;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.ValueTree;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.runtime.FailureReason;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;

/** The main class of the process that executes an action. Its argument is the folder of the execution. */
public final class ActionMain {
    private static final int FAILED = 1;

    private ActionMain() {}

    /**
     * Executes the action, and ends the process with exit code 0, or 1 if the action has failed.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) {
        SideProcess process = SideProcess.at(SideKind.ACTION, Path.of(arguments[0]));
        try {
            if (!process.begin()) {
                System.err.println("Cannot begin " + process + ": another process has begun it");
                System.exit(FAILED);
            }
        } catch (IOException unwritable) {
            System.err.println("Cannot begin " + process + ": " + Failures.reason(unwritable));
            System.exit(FAILED);
        }
        Runtime.getRuntime().addShutdownHook(new Thread("experimaestro-ending") {
            @Override
            public void run() {
                // Does nothing if the end was told before.
                end(
                        process,
                        process.isStopping() ? SideStatus.State.STOPPED : SideStatus.State.FAILED,
                        "the process was asked to end, or the action has called System.exit");
            }
        });
        System.exit(execute(process));
    }

    private static int execute(SideProcess process) {
        try {
            RootPlaces.define(RootsVariable.read(System.getenv(JobVariables.ROOTS)));
            StoredAnswers context = StoredAnswers.of(process);
            action(process).execute(context);
            System.out.flush();
            return end(process, SideStatus.State.DONE, context.result()) ? 0 : FAILED;
        } catch (Throwable thrown) {
            thrown.printStackTrace();
            end(process, SideStatus.State.FAILED, FailureReason.ofTask(thrown).message());
            return FAILED;
        }
    }

    /** Makes the action. Its generated paths are in the folder of the execution. */
    private static Action action(SideProcess process) throws IOException {
        SideFolder folder = process.folder();
        Path file = folder.configurationFile();
        Object read = ConfigurationReader.readParameters(
                        BoundedFile.read(file, JsonFile.LARGE_BYTES), file, ActionMain.class.getClassLoader())
                .value();
        if (read instanceof Config<?> config
                && Node.of(config) instanceof ConfigNode<?> node
                && ValueTree.ofJob(node, process.path()).value(config) instanceof Action action) {
            return action;
        }
        throw ConfigException.of("The stored configuration is no action")
                .at(file.toString())
                .advice("somebody has changed the file, or a class on the class path")
                .build();
    }

    private static boolean end(SideProcess process, SideStatus.State state, String text) {
        try {
            process.end(state, text);
            return true;
        } catch (IOException unwritable) {
            System.err.println("Cannot write the end of " + process + ": " + Failures.reason(unwritable));
            return false;
        }
    }
}
