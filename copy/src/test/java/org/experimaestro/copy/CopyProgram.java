package org.experimaestro.copy;

import java.nio.file.Path;
import java.util.List;
import org.experimaestro.workspace.Workspace;

/** A process that copies a workspace, to be killed. */
final class CopyProgram {
    private CopyProgram() {}

    /**
     * Copies.
     *
     * @param arguments the source and the target
     */
    public static void main(String[] arguments) throws Exception {
        Workspace workspace = Workspace.view(Path.of(arguments[0]));
        boolean[] isComplete = {true};
        LocalSource source = new LocalSource(workspace);
        try (LocalTarget target = new LocalTarget(Path.of(arguments[1]))) {
            WorkspaceCopy copy = new WorkspaceCopy(source, target);
            List<CopyStep> plan = copy.plan(RandomJobs.all(workspace));
            System.out.println("begin");
            copy.perform(plan, step -> {
                if (step instanceof CopyStep.Refused refused) {
                    isComplete[0] = false;
                    System.out.println(refused.reason().getMessage());
                }
            });
        }
        System.exit(isComplete[0] ? 0 : 1);
    }
}
