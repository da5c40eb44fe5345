package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.FileFormat;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;

/**
 * The conversion of a workspace of an earlier format, in its place. No job and no run may be active in it meanwhile. If
 * the conversion is interrupted, the next call continues it: each file is replaced at once, and converted files stay as
 * they are. Until the end, no version of Experimaestro opens the workspace. Identifiers and parameters of jobs do not
 * change.
 * One process at a time converts a workspace; another one is refused.
 */
public final class WorkspaceUpgrade {
    private final Workspace workspace;
    private final Path root;
    private final Path marker;
    private final boolean runsHaveEnded;

    /**
     * Creates a conversion, which has not begun.
     *
     * @param folder the workspace
     * @param runsHaveEnded whether runs of other hosts that have not recorded their end count as ended, because they
     *     cannot be seen from here
     */
    public WorkspaceUpgrade(Path folder, boolean runsHaveEnded) {
        this.root = folder.toAbsolutePath().normalize();
        this.workspace = Workspace.ofAnyFormat(root);
        this.marker = root.resolve(WorkspaceLayout.MARKER);
        this.runsHaveEnded = runsHaveEnded;
    }

    /**
     * The result of a conversion.
     *
     * @param wasCurrent whether the workspace had the present format before
     * @param files the number of files that were converted
     * @param runs the new names of the renamed runs, {@code experiment/run}, by their former ones
     * @param problems a sentence for each file or folder that could not be read, and stays as it is
     */
    public record Report(boolean wasCurrent, int files, Map<String, String> runs, List<String> problems) {}

    /**
     * Returns the result that a conversion would have, and writes nothing.
     *
     * @return the report
     * @throws WorkspaceException if there is no workspace, a newer version wrote it, or a job or a run is active in it
     */
    public Report preview() {
        return convert(true);
    }

    /**
     * Converts the workspace.
     *
     * @return the report
     * @throws WorkspaceException if there is no workspace, a newer version wrote it, a job or a run is active in it,
     *     another process converts it, or it cannot be written
     */
    public Report run() {
        return convert(false);
    }

    private Report convert(boolean isDry) {
        Conversion conversion = new Conversion(isDry);
        try {
            if (isDry || !Files.exists(marker)) {
                return convert(conversion);
            }
            WorkspaceClaim claim = WorkspaceClaim.take(WorkspaceClaim.Work.CONVERSION, "convert the workspace", root);
            try {
                return convert(conversion);
            } finally {
                claim.release();
            }
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot convert the workspace " + root + ": " + Failures.reason(failed))
                    .advice("mend that, and give the same command again: what was converted stays so")
                    .cause(failed)
                    .build();
        }
    }

    private Report convert(Conversion conversion) throws IOException {
        boolean isDry = conversion.isDry();
        try {
            JsonObject state = JsonFile.read(marker, JsonFile.SMALL_BYTES);
            boolean isOld = FormatOne.isOld(state);
            if (!isOld && !state.has(Workspace.UPGRADING)) {
                return again(conversion);
            }
            if (isOld && !isDry) {
                mark(Map.of(Workspace.UPGRADING, true)); // from here on, no run can begin
            }
            try {
                new LivingParts(workspace, runsHaveEnded).requireNone();
            } catch (WorkspaceException busy) {
                // The marker of format 1 is written again, also if an earlier conversion crashed here: the version that
                // can end these jobs and runs refuses the new marker.
                if (!isDry && !RunRenames.isBegun(root)) {
                    AtomicFile.write(marker, Json.write(Map.of(FileFormat.KEY, 1)));
                }
                throw busy;
            }
            return convertAll(conversion);
        } catch (NoSuchFileException none) {
            if (Files.exists(marker)) {
                throw none;
            }
            throw WorkspaceException.of("There is no workspace in " + root)
                    .advice("name the folder that has the file " + WorkspaceLayout.MARKER)
                    .build();
        } catch (JsonException corrupt) {
            throw WorkspaceException.of("Cannot convert the workspace " + root + ": " + corrupt.getMessage())
                    .cause(corrupt)
                    .build();
        }
    }

    /**
     * Converts files of format 1 in a converted workspace: files that the old code of a job has written since, because
     * the job was run by hand, and files that could not be read before.
     */
    private Report again(Conversion conversion) throws IOException {
        RunRenames runs = RunRenames.of(workspace, conversion);
        Map<String, String> references = runs.references();
        for (JobFolder job : workspace.jobs()) {
            if (!job.status().isActive()) {
                convertOrReport(job, references, conversion);
            }
        }
        runs.apply(conversion);
        if (!conversion.isDry()) {
            RunRenames.forget(root);
        }
        return new Report(true, conversion.files(), renamed(references), conversion.problems());
    }

    private static Map<String, String> renamed(Map<String, String> references) {
        Map<String, String> renamed = new LinkedHashMap<>(references);
        renamed.entrySet().removeIf(run -> run.getKey().equals(run.getValue()));
        return renamed;
    }

    private Report convertAll(Conversion conversion) throws IOException {
        RunRenames runs = RunRenames.of(workspace, conversion);
        Map<String, String> references = runs.references();
        Workspace.Jobs jobs = workspace.listJobs();
        for (WorkspaceException unreadable : jobs.problems()) {
            conversion.problem(String.valueOf(unreadable.getMessage()));
        }
        for (JobFolder job : jobs.found()) {
            convertOrReport(job, references, conversion);
        }
        runs.apply(conversion);
        if (!conversion.isDry()) {
            mark(Map.of());
            RunRenames.forget(root);
        }
        return new Report(false, conversion.files(), renamed(references), conversion.problems());
    }

    private void mark(Map<String, Object> more) throws IOException {
        Map<String, Object> json = StoredFiles.begin();
        json.putAll(more);
        AtomicFile.write(marker, Json.write(json));
    }

    /**
     * Converts a job's files. If the job's folder is closed to this user, or a link of another user, that is reported
     * as a problem of this job. Other failures, such as a full disk, end the conversion.
     */
    private static void convertOrReport(JobFolder job, Map<String, String> runs, Conversion conversion)
            throws IOException {
        try {
            convert(job, runs, conversion);
        } catch (FileSystemException failed) {
            boolean isClosed = failed instanceof AccessDeniedException
                    || !Files.isDirectory(job.internalFolder(), LinkOption.NOFOLLOW_LINKS);
            if (!isClosed) {
                throw failed;
            }
            conversion.problem("The job " + job.name() + " is not converted: " + Failures.reason(failed));
        } catch (WorkspaceException foreign) {
            conversion.problem("The job " + job.name() + " is not converted: " + foreign.getMessage());
        }
    }

    private static void convert(JobFolder job, Map<String, String> runs, Conversion conversion) throws IOException {
        List<Path> files = files(job);
        if (!files.isEmpty()) {
            job.make(); // refuses links of other users in the path
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (JobLayout.isEvents(name)) {
                conversion.lines(file, null);
            } else if (JobLayout.isState(name)) {
                conversion.json(file, old -> FormatOne.ofJob(old, runs));
            }
        }
    }

    private static List<Path> files(JobFolder job) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(job.internalFolder())) {
            for (Path file : all) {
                files.add(file);
            }
        } catch (NoSuchFileException | NotDirectoryException neverStarted) {
            return List.of();
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        Collections.sort(files);
        return files;
    }
}
