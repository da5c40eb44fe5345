package org.experimaestro.copy.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.file.Digests;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.copy.CopySelection;
import org.experimaestro.copy.CopySource;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.WorkspaceCopy;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.spi.FolderEntry;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * A writer of a bundle: a zip file with a list of its files, and the files at their paths in the workspace. Its bytes
 * depend on nothing but the results. Confined to one thread.
 */
public final class BundleWriter {
    /** The time of all entries, because times of a zip file have no zone; the list has the times of the files. */
    private static final LocalDateTime TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private static final int MOST_ID_BYTES = 1_000;

    private final CopySource source;
    private final String version;

    /**
     * Creates a writer.
     *
     * @param source the workspace
     * @param version the version of Experimaestro, for people who read the list
     */
    public BundleWriter(CopySource source, String version) {
        this.source = source;
        this.version = version;
    }

    /**
     * The result of {@link #write}.
     *
     * @param jobs the number of jobs in the bundle
     * @param runs the number of runs in it
     * @param bytes the size of the file
     * @param refused the parts that are not in it, with the reasons
     */
    public record Result(int jobs, int runs, long bytes, List<CopyStep.Refused> refused) {
        /** Copies the list. */
        public Result {
            refused = List.copyOf(refused);
        }
    }

    /**
     * Writes a bundle under a temporary name, and then renames it.
     *
     * @param selection the parts
     * @param file the bundle
     * @param isReplaced whether a file that is there is replaced
     * @return what is in the bundle
     * @throws WorkspaceException if the file exists, it cannot be written, or a file was changed meanwhile; then no file is
     *     left
     * @throws UnreachableException if a host does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    public Result write(CopySelection selection, Path file, boolean isReplaced)
            throws UnreachableException, InterruptedException {
        if (!isReplaced && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw failed(file, "there is a file of that name")
                    .advice("choose another name, or replace it with --force")
                    .build();
        }
        List<CopyStep.Refused> refused = new ArrayList<>(selection.refused());
        BundleManifest manifest = manifest(selection, refused);
        Path temporary = file.resolveSibling(AtomicFile.TEMPORARY + UUID.randomUUID() + "-" + file.getFileName());
        try {
            try {
                write(manifest, temporary);
                long bytes = Files.size(temporary);
                if (isReplaced) {
                    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.move(temporary, file);
                }
                return new Result(manifest.jobs().size(), manifest.runs().size(), bytes, refused);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failed) {
            throw failed(file, Failures.reason(failed)).cause(failed).build();
        }
    }

    private static ExperimaestroException.Builder<WorkspaceException> failed(Path file, String reason) {
        return WorkspaceException.of("Cannot write the bundle " + file + ": " + reason);
    }

    private BundleManifest manifest(CopySelection selection, List<CopyStep.Refused> refused)
            throws UnreachableException, InterruptedException {
        CopyPart marker = new CopyPart(CopyPart.Kind.FILE, WorkspaceLayout.MARKER, WorkspaceLayout.MARKER);
        SortedMap<String, FolderEntry> files = new TreeMap<>();
        source.list(List.of(marker)).forEach((path, entry) -> files.put(path, withoutTime(entry)));
        List<String> runs = new ArrayList<>();
        List<String> jobs = new ArrayList<>();
        SortedMap<String, FolderEntry> listed = source.list(selection.parts());
        for (CopyPart part : selection.parts()) {
            SortedMap<String, FolderEntry> entries = part.of(listed);
            Optional<CopyStep.Refused> refusal = WorkspaceCopy.findRefusal(part, entries);
            if (refusal.isPresent()) {
                refused.add(refusal.get());
                continue;
            }
            files.putAll(entries);
            switch (part.kind()) {
                case JOB -> jobs.add(part.name());
                case RUN -> runs.add(part.path());
                case CODE, FILE -> {}
            }
        }
        List<Map<String, Object>> described = selection.jobs().stream()
                .filter(job -> jobs.contains(job.name()))
                .map(BundleManifest::describe)
                .toList();
        return new BundleManifest(version, workspaceId(), described, runs, files);
    }

    /** Returns the entry of a file whose time is that of its workspace, and of no result. */
    private static FolderEntry withoutTime(FolderEntry entry) {
        return entry instanceof FolderEntry.Content content
                ? new FolderEntry.Content(content.size(), content.sha256(), content.isExecutable(), 0)
                : entry;
    }

    private String workspaceId() {
        try {
            byte[] id = BoundedFile.read(source.workspace().root().resolve(WorkspaceLayout.ID), MOST_ID_BYTES);
            return new String(id, StandardCharsets.UTF_8).strip();
        } catch (IOException none) {
            return "";
        }
    }

    private void write(BundleManifest manifest, Path file)
            throws IOException, UnreachableException, InterruptedException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            zip.putNextEntry(entry(BundleManifest.NAME));
            zip.write(Json.write(manifest.toJson()).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            for (Map.Entry<String, FolderEntry> named : manifest.files().entrySet()) {
                if (named.getValue() instanceof FolderEntry.Content content) {
                    write(named.getKey(), content, zip);
                }
            }
        }
    }

    private void write(String path, FolderEntry.Content content, ZipOutputStream zip)
            throws IOException, UnreachableException, InterruptedException {
        String[] digest = {""};
        source.read(Map.of(path, content), (name, stream) -> {
            zip.putNextEntry(entry(name));
            DigestInputStream digesting = new DigestInputStream(stream, Digests.newSha256());
            digesting.transferTo(zip);
            zip.closeEntry();
            digest[0] = HexFormat.of().formatHex(digesting.getMessageDigest().digest());
        });
        if (!digest[0].equals(content.sha256())) {
            throw new FileSystemException(
                    path, null, "it was changed while the bundle was written; give the command again");
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        return entry;
    }
}
