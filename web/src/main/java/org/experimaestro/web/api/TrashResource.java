package org.experimaestro.web.api;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.StoredParameters;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;

/** The trash of a workspace. */
final class TrashResource implements Resource {
    private static final int MOST_JOBS = 5;

    /** The sizes of entries. An entry never changes but when parts of it are moved back. */
    private final Map<Path, Sized> sizes = new ConcurrentHashMap<>();

    private record Sized(List<TrashEntry.Item> items, long size) {}

    /**
     * The answer.
     *
     * @param entries the entries, the newest first
     * @param size the bytes of all of them
     * @param command the command that prints the same
     * @param empty the command that deletes all of them for good, after a question
     */
    record Answer(List<EntryLine> entries, long size, String command, String empty) {}

    /**
     * An entry.
     *
     * @param id its name
     * @param jobs the first of its jobs
     * @param jobTotal the number of its jobs
     * @param cleaned the time of the cleaning, if it is known
     * @param by the user who has cleaned; may be empty
     * @param reason what was cleaned, in words; may be empty
     * @param size its bytes
     */
    record EntryLine(
            String id,
            List<JobLink> jobs,
            int jobTotal,
            Optional<Instant> cleaned,
            String by,
            String reason,
            long size) {}

    @Override
    public Answer answer(Monitored monitored, Map<String, String> path, Query query) {
        List<TrashEntry> entries = new Trash(monitored.workspace()).entries();
        List<EntryLine> lines = new ArrayList<>();
        for (TrashEntry entry : entries.reversed()) {
            lines.add(line(entry));
        }
        return new Answer(
                lines,
                lines.stream().mapToLong(EntryLine::size).sum(),
                new ShownCommand(monitored, "trash", "list").toString(),
                new ShownCommand(monitored, "trash", "empty").toString());
    }

    private EntryLine line(TrashEntry entry) {
        List<TrashEntry.Item> jobs = entry.items().stream()
                .filter(item -> item.kind() == TrashEntry.Kind.JOB)
                .toList();
        return new EntryLine(
                entry.name(),
                jobs.stream().limit(MOST_JOBS).map(TrashResource::link).toList(),
                jobs.size(),
                Optional.ofNullable(entry.time()),
                entry.user(),
                entry.command(),
                size(entry));
    }

    /** Returns the reference to a job that is in the trash, with its tags and the state that it had before. */
    private static JobLink link(TrashEntry.Item item) {
        JobFolder folder = JobFolder.at(item.path());
        JobView job = new JobView(folder, item.status(), List.of(), List.of(), "", StoredParameters.of(folder, true));
        return new JobLink(
                item.name(), job.folder().id().toString().substring(0, JobLink.DIGITS), job.state(), job.tags());
    }

    private long size(TrashEntry entry) {
        Sized known = sizes.get(entry.path());
        if (known == null || !known.items().equals(entry.items())) {
            known = new Sized(entry.items(), entry.size());
            sizes.put(entry.path(), known);
        }
        return known.size();
    }
}
