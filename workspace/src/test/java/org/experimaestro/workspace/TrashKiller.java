package org.experimaestro.workspace;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.experimaestro.ConfigId;
import org.experimaestro.disturbance.Disturbance;
import org.experimaestro.disturbance.DisturbedFileSystem;
import org.experimaestro.disturbance.Operation;

/** A process that cleans a job, and is gone without a word just before the N-th operation that changes the workspace. */
final class TrashKiller {
    /** The exit code of a process that has done all. */
    static final int FINISHED = 7;

    /** The exit code of a process that is gone. */
    static final int GONE = 137;

    private static final Set<Operation> CHANGES = Set.of(Operation.MAKE_FOLDER, Operation.LINK, Operation.MOVE);

    private TrashKiller() {}

    /** Arguments: the workspace, the type and identifier of the job, the number of the operation. */
    public static void main(String[] arguments) {
        int last = Integer.parseInt(arguments[3]);
        int[] operations = {0};
        Disturbance death = new Disturbance() {
            @Override
            public void before(Operation operation, Path path) {
                if (CHANGES.contains(operation) && ++operations[0] == last) {
                    Runtime.getRuntime().halt(GONE);
                }
            }
        };
        Path root = DisturbedFileSystem.disturb(Path.of(arguments[0]), death);
        clean(new Trash(Workspace.view(root)), arguments[1], ConfigId.parse(arguments[2]));
        Runtime.getRuntime().halt(FINISHED);
    }

    /** Moves a job to a new entry, and returns its name. */
    static String clean(Trash trash, String type, ConfigId id) {
        try (TrashChange change = trash.change()) {
            Path entry = change.newEntry(Instant.now(), "a test", List.of(type + "/" + id));
            JobFolder job = trash.workspace().job(type, id);
            change.move(job, job.status(), entry);
            return entry.getFileName().toString();
        }
    }
}
